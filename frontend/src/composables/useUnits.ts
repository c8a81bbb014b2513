import { ref, watch } from 'vue';
import type { MoneyUnit } from '@/lib/money';
import { remember, remembered } from '@/lib/storage';

const unit = ref<MoneyUnit>(remembered('unit') === 'wan' ? 'wan' : 'yi');
watch(unit, (chosen) => remember('unit', chosen));

/** The unit in which this reader wants money shown, everywhere. */
export function useUnits() {
  return { unit };
}
