import { shallowRef, watch } from 'vue';

/** Whether the last call found no server, or only a proxy that found none. */
export const lost = shallowRef(false);

const gateway = [502, 503, 504];

/** What an answer, or none (0), says about the way to the server. */
export function heard(status: number): void {
  lost.value = status === 0 || gateway.includes(status);
}

const underWay = shallowRef(0);

/** Counts a call among those under way until it is answered. */
export async function counted<Answer>(call: Promise<Answer>): Promise<Answer> {
  underWay.value += 1;
  try {
    return await call;
  } finally {
    underWay.value -= 1;
  }
}

/** A call that hangs does not keep back for ever what waits for quiet. */
const patience = 3000;

/**
 * Until what the page asked for, and what it asked for next once that was there, has been answered and painted. What can
 * be missed for a moment waits for it, so that it takes neither the line nor the processor from what was asked for.
 */
export async function quiet(): Promise<void> {
  await later(0); // a page that is being set up has not asked yet
  await Promise.race([calm(), later(patience)]);
}

async function calm(): Promise<void> {
  do {
    await silence();
    await painted();
  } while (underWay.value > 0);
}

function silence(): Promise<void> {
  return new Promise((resolve) => {
    if (underWay.value === 0) return resolve();
    const stop = watch(underWay, (calls) => {
      if (calls > 0) return;
      stop();
      resolve();
    });
  });
}

/** A page out of sight is never painted; what waits for it then comes after this many milliseconds. */
const unseen = 250;

/** Until what has been drawn by now can be seen. */
export async function painted(): Promise<void> {
  const frame = new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await Promise.race([frame, later(unseen)]);
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
