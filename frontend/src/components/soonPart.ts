import type { AsyncComponentLoader, Component } from 'vue';
import { quiet } from '@/api/network';
import { laterPart } from '@/ui/laterPart';

/**
 * A component that somebody will ask for, as a form behind its button: fetched once the page is drawn, so that it is
 * there when it is wanted, also where the line has been lost meanwhile.
 */
export function soonPart<Shown extends Component>(load: AsyncComponentLoader<Shown>) {
  void quiet()
    .then(load)
    .catch(() => undefined); // asked for again when it is shown
  return laterPart(load);
}
