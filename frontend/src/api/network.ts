import { shallowRef } from 'vue';

/** Whether the last call found no server, or only a proxy that found none. */
export const lost = shallowRef(false);

const gateway = [502, 503, 504];

/** What an answer, or none (0), says about the way to the server. */
export function heard(status: number): void {
  lost.value = status === 0 || gateway.includes(status);
}
