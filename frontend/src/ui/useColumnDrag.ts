/** Drags the edge of a column's heading; the width is told in rem as it changes. */
export function useColumnDrag(resized: (key: string, width: number) => void) {
  function startDrag(event: PointerEvent, key: string) {
    const handle = event.currentTarget as HTMLElement;
    const heading = handle.closest('th');
    if (!heading || event.button !== 0) return;
    event.preventDefault();
    const { width } = heading.getBoundingClientRect();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const from = event.clientX;
    const follow = ({ clientX }: PointerEvent) => resized(key, (width + clientX - from) / rem);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', follow);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', follow), { once: true });
  }
  return { startDrag };
}
