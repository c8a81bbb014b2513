import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue';

/** Milliseconds before each further try: a line that broke for a moment is back by one of them. */
const waits = [300, 1500, 5000];

/** Fetches a part of the program; one that the line lost is asked for again before it is given up. */
export async function fetchPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (const wait of waits) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return load();
}

/** A component that is fetched when it is first shown. */
export function laterPart<Shown extends Component>(load: AsyncComponentLoader<Shown>) {
  return defineAsyncComponent<Shown>(() => fetchPart(load));
}
