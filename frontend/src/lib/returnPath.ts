/**
 * Where to go after sign-in. Only a path of this application is accepted: an
 * address of another site in `?return=` would make our sign-in page a lure.
 */
export function ownPath(wanted: unknown, fallback = '/'): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return fallback;
  const base = 'https://own.invalid';
  if (!URL.canParse(wanted, base)) return fallback;
  const url = new URL(wanted, base);
  if (url.origin !== base || url.pathname.startsWith('//') || url.pathname === '/sign-in') return fallback;
  return url.pathname + url.search + url.hash;
}
