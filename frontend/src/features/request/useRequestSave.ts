import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { asProblem } from '@/api/problem';
import { changedFields, changeOf, rebase } from '@/lib/draft';
import { keep as keepHere, kept } from '@/lib/kept';
import { bodyOf, draftOf, type RequestDraft } from './draft';
import { fetchRequest, saveRequest, type ProjectRequest } from './request';

export type SaveState = 'saved' | 'typing' | 'saving' | 'offline' | 'refused';

const pause = 700;
const again = 8000;
const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/**
 * Saves a request as it is typed, one write at a time; until the server has it, a copy
 * stays on this device. Where somebody else saved first, their version is taken and
 * what was typed stays on top.
 */
export function useRequestSave(start: ProjectRequest, onRead: (request: ProjectRequest) => void) {
  const base = shallowRef(draftOf(start));
  const draft = ref(copy(base.value)) as Ref<RequestDraft>;
  const version = ref(start.version);
  const editable = ref(true);
  const state = ref<SaveState>('saved');
  const savedAt = ref(start.updatedAt);
  const message = ref('');
  const stale = ref(false);
  const restored = ref(false);
  const slot = `request.${start.id}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  const dirty = () => changedFields(base.value, draft.value).length > 0;

  function schedule(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  async function send() {
    const sent = copy(draft.value);
    state.value = 'saving';
    const request = await saveRequest({ id: start.id, version: version.value }, bodyOf(changeOf(base.value, sent)));
    base.value = sent;
    version.value = request.version;
    savedAt.value = request.updatedAt;
    message.value = '';
    onRead(request);
  }

  const keep = () => keepHere(slot, dirty() ? { base: base.value, draft: draft.value } : null);

  function takeOver(request: ProjectRequest) {
    draft.value = rebase(base.value, draftOf(request), copy(draft.value)).draft;
    base.value = draftOf(request);
    version.value = request.version;
    editable.value = request.allowed.includes('save');
    onRead(request);
  }

  /** Another's save was read meanwhile: it goes under what is being typed. */
  async function follow(request: ProjectRequest) {
    await running;
    if (request.version <= version.value) return;
    if (dirty()) stale.value = true;
    takeOver(request);
  }

  async function recover(error: unknown) {
    const problem = asProblem(error);
    if (problem.status === 409) {
      takeOver(await fetchRequest(start.id));
      stale.value = true;
      state.value = editable.value ? 'typing' : 'refused';
      if (editable.value && dirty()) schedule(0);
    } else if (problem.status === 0 || problem.status >= 500) {
      state.value = 'offline';
      schedule(again);
    } else {
      state.value = 'refused';
      message.value = problem.fields[0]?.message ?? problem.message;
    }
  }

  async function run() {
    try {
      if (editable.value && dirty()) await send();
      state.value = dirty() ? 'typing' : 'saved';
      if (dirty()) schedule(pause);
    } catch (error) {
      await recover(error).catch(() => {
        state.value = 'offline';
        schedule(again);
      });
    }
    keep();
  }

  /** Saves now what can be saved; resolves when nothing is under way any more. */
  function flush(): Promise<void> {
    clearTimeout(timer);
    running ??= run().finally(() => (running = null));
    return running;
  }

  const before = kept<RequestDraft>(slot);
  if (before) {
    draft.value = rebase(before.base, base.value, before.draft).draft;
    restored.value = dirty();
    if (restored.value) schedule(0);
  }

  watch(
    draft,
    () => {
      if (editable.value) keep();
      if (!editable.value || !dirty()) return;
      if (state.value !== 'saving' && state.value !== 'offline') state.value = 'typing';
      schedule(pause);
    },
    { deep: true },
  );
  const online = () => void (state.value === 'offline' && flush());
  addEventListener('online', online);
  onScopeDispose(() => {
    removeEventListener('online', online);
    clearTimeout(timer);
    if (dirty() && editable.value) void flush();
  });

  return { draft, version, state, savedAt, message, stale, restored, dirty: computed(dirty), flush, follow };
}
