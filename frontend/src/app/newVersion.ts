import type { Router } from 'vue-router';

const marker = 'zhongda.reloadedFor';

/**
 * After an update the page in hand asks for chunks that no longer exist. One
 * reload of the wanted address fetches the new version; a second failure in a
 * row is a real one and is left to show.
 */
export function reloadOnNewVersion(router: Router, reload = (path: string) => location.assign(path)): void {
  router.onError((error: unknown, to) => {
    if (!isMissingChunk(error) || sessionStorage.getItem(marker) === to.fullPath) return;
    sessionStorage.setItem(marker, to.fullPath);
    reload(to.fullPath);
  });
  router.afterEach((_to, _from, failure) => {
    if (!failure) sessionStorage.removeItem(marker);
  });
}

function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|Unable to preload/i.test(error.message);
}
