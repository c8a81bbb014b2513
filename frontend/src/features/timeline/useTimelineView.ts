import { computed, nextTick, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import { axisOf, dayAt, nextZoom, xOf, type Axis, type Day, type Zoom } from './scale';

interface View {
  scroller: Readonly<Ref<HTMLElement | null>>;
  /** What must lie on the axis. */
  days: () => readonly Day[];
  zoom: Ref<Zoom>;
  /** Where the timeline opens. */
  opening: () => Day;
}

/** A turn of the wheel by this much is one step of the zoom. */
const notch = 80;
const spare = 300;

/** The part of the axis in view: panned by scrolling, dragging and keys, zoomed about the pointer or the middle. */
export function useTimelineView({ scroller, days, zoom, opening }: View) {
  const left = ref(0);
  const view = ref({ width: 0, height: 0, label: 0 });
  const room = computed(() => Math.max(0, view.value.width - view.value.label));
  const axis = computed<Axis>(() => axisOf(days(), zoom.value, room.value));
  // In steps, so that a scroll does not make every tick anew.
  const from = computed(() => Math.floor((left.value - spare) / 100) * 100);
  const to = computed(() => Math.ceil((left.value + room.value + spare) / 100) * 100);

  const follow = () => (left.value = scroller.value?.scrollLeft ?? 0);
  function scrollTo(x: number) {
    if (!scroller.value) return;
    scroller.value.scrollLeft = x;
    follow();
  }
  const panBy = (share: number) => scrollTo((scroller.value?.scrollLeft ?? 0) + room.value * share);
  const showDay = (day: Day, share = 0.2) => scrollTo(xOf(axis.value, day) - room.value * share);

  /** Scrolls no further than it takes to see a place of the axis. */
  function reveal(x: number) {
    const margin = Math.min(60, room.value / 4);
    if (x < left.value + margin) scrollTo(x - margin);
    else if (x > left.value + room.value - margin) scrollTo(x - room.value + margin);
  }

  /** Looks closer (-1) or from farther (+1); the day at `offset` pixels of the view stays where it is. */
  function step(by: -1 | 1, offset?: number) {
    held = offset;
    zoom.value = nextZoom(zoom.value, by);
  }
  let held: number | undefined;
  watch(axis, (now, before) => {
    if (now.dayWidth === before.dayWidth && now.first === before.first) return;
    const offset = held ?? room.value / 2;
    held = undefined;
    const day = dayAt(before, left.value + offset);
    void nextTick(() => scrollTo(xOf(now, day) - offset));
  });

  let turned = 0;
  function onWheel(event: WheelEvent) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault(); // else the browser zooms the page
    turned += event.deltaY;
    if (Math.abs(turned) < notch || !scroller.value) return;
    const offset = event.clientX - scroller.value.getBoundingClientRect().left - view.value.label;
    step(turned < 0 ? -1 : 1, Math.max(0, offset));
    turned = 0;
  }

  // A mouse drags the sheet; a finger scrolls by itself.
  function onPointerDown(event: PointerEvent) {
    const element = scroller.value;
    if (!element || event.pointerType !== 'mouse' || event.button !== 0 || (event.target as Element).closest('a, button')) return;
    if (event.clientX > element.getBoundingClientRect().left + element.clientWidth) return; // the scroll bar
    const start = { x: event.clientX + element.scrollLeft, y: event.clientY + element.scrollTop };
    const drag = (move: PointerEvent) => {
      element.classList.add('is-dragged');
      element.scrollLeft = start.x - move.clientX;
      element.scrollTop = start.y - move.clientY;
    };
    const drop = () => {
      element.classList.remove('is-dragged');
      removeEventListener('pointermove', drag);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', drop);
    };
    addEventListener('pointermove', drag);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', drop);
  }

  function measure() {
    const element = scroller.value;
    if (!element) return;
    const label = element.querySelector<HTMLElement>('.timeline-label')?.offsetWidth ?? 0;
    view.value = { width: element.clientWidth, height: element.clientHeight, label };
  }
  // Told once the page is laid out: to ask any sooner would lay it out twice.
  let opened = false;
  const sizes = new ResizeObserver(async () => {
    measure();
    if (opened) return;
    opened = true;
    await nextTick();
    showDay(opening());
  });
  onMounted(() => {
    const element = scroller.value;
    if (!element) return;
    sizes.observe(element);
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('scroll', follow, { passive: true });
  });
  onBeforeUnmount(() => {
    sizes.disconnect();
    scroller.value?.removeEventListener('wheel', onWheel);
    scroller.value?.removeEventListener('scroll', follow);
  });

  /** The days in view, for paper; null where nothing is in view. */
  const shown = () => (room.value > 0 ? { first: Math.floor(dayAt(axis.value, left.value)), end: Math.ceil(dayAt(axis.value, left.value + room.value)) } : null);

  return { axis, from, to, left, view, panBy, showDay, reveal, step, shown, onPointerDown };
}
