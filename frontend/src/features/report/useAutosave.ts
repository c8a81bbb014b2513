import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { asProblem } from '@/api/problem';
import { changedFields, changeOf, rebase, type Overlap } from '@/lib/draft';
import { keep as keepHere, kept } from '@/lib/kept';
import { bodyOf, draftOf, type ReportDraft } from './draft';
import type { Report } from './report';
import type { Schema } from '@/api/client';

export type SaveState = 'saved' | 'typing' | 'saving' | 'offline' | 'refused';

/** The network as the autosave sees it; tests stand in for it. */
export interface Wire {
  save: (read: Pick<Report, 'id' | 'version'>, body: Schema<'UpdateReportInput'>) => Promise<Report>;
  read: (id: number) => Promise<Report>;
}

/** How long after the last key a save begins, and how long between attempts without a network. */
const pause = 700;
const again = 8000;
/** How often in a row what was typed during a save is sent at once, before the next pause is waited for. */
const rounds = 3;

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const slot = (id: number) => `report.${id}`;

/**
 * Saves a report as it is typed. One request is under way at a time; what is typed
 * meanwhile goes with the next. Until the server has it, a copy stays on this device.
 * When somebody else saved first, their version is taken, what was typed stays on top,
 * and fields that both changed are not sent before a person has chosen.
 */
export function useAutosave(start: Report, wire: Wire, onRead: (report: Report) => void) {
  const base = shallowRef(draftOf(start.content));
  const draft = ref(copy(base.value)) as Ref<ReportDraft>;
  const version = ref(start.version);
  const editable = ref(start.allowed.includes('save'));
  const state = ref<SaveState>('saved');
  const savedAt = ref(start.updatedAt);
  const message = ref('');
  const overlaps = shallowRef<Overlap<ReportDraft>[]>([]);
  const followed = shallowRef<string[]>([]);
  const restored = ref(false);
  const stale = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  const disputed = (field: string) => overlaps.value.some((overlap) => overlap.field === field);
  const pending = () => {
    const change = changeOf(base.value, copy(draft.value));
    return bodyOf(Object.fromEntries(Object.entries(change).filter(([field]) => !disputed(field))) as Partial<ReportDraft>);
  };
  const dirty = () => changedFields(base.value, draft.value).length > 0;
  const sendable = () => Object.keys(pending()).length > 0;

  function keep() {
    keepHere(slot(start.id), dirty() ? { base: base.value, draft: draft.value } : null);
  }

  function takeOver(report: Report) {
    const rebased = rebase(base.value, draftOf(report.content), copy(draft.value));
    base.value = draftOf(report.content);
    draft.value = rebased.draft;
    overlaps.value = rebased.overlaps;
    followed.value = rebased.followed;
    version.value = report.version;
    editable.value = report.allowed.includes('save');
    onRead(report);
  }

  function schedule(delay: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delay);
  }

  async function send() {
    const sent = copy(draft.value);
    const body = pending();
    state.value = 'saving';
    const report = await wire.save({ id: start.id, version: version.value }, body);
    // Only what went out is settled; what was typed since is still ahead of the server.
    const settled = changedFields(base.value, sent).filter((field) => !disputed(field) && sendableField(sent, field));
    base.value = { ...base.value, ...Object.fromEntries(settled.map((field) => [field, sent[field]])) } as ReportDraft;
    version.value = report.version;
    savedAt.value = report.updatedAt;
    onRead(report);
  }

  const sendableField = (from: ReportDraft, field: keyof ReportDraft) => Object.keys(bodyOf({ [field]: from[field] } as Partial<ReportDraft>)).length > 0;

  async function recover(error: unknown) {
    const problem = asProblem(error);
    if (problem.status === 409) {
      const report = await wire.read(start.id);
      takeOver(report);
      stale.value = true;
      if (editable.value && sendable()) schedule(0);
      state.value = editable.value ? 'typing' : 'refused';
      message.value = editable.value ? '' : problem.message;
      return;
    }
    if (problem.status === 0 || problem.status >= 500) {
      state.value = 'offline';
      schedule(again);
      return;
    }
    state.value = 'refused';
    message.value = problem.fields[0]?.message ?? problem.message;
  }

  async function run() {
    try {
      for (let round = 0; round < rounds && editable.value && sendable(); round += 1) await send();
      if (editable.value && sendable()) schedule(pause);
      state.value = dirty() ? 'typing' : 'saved';
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

  const before = kept<ReportDraft>(slot(start.id));
  if (before && editable.value) {
    base.value = before.base;
    draft.value = before.draft;
    takeOver(start);
    restored.value = dirty();
    if (sendable()) schedule(0);
  }

  watch(
    draft,
    () => {
      if (!editable.value) return;
      keep();
      if (!dirty()) return;
      if (state.value !== 'saving') state.value = state.value === 'offline' ? 'offline' : 'typing';
      schedule(pause);
    },
    { deep: true },
  );

  /** Another's save was read meanwhile: it goes under what is being typed. */
  async function follow(report: Report) {
    await running;
    if (report.version <= version.value) return;
    const typed = dirty();
    takeOver(report);
    if (typed) stale.value = true;
    if (!editable.value) state.value = 'refused';
  }

  const online = () => void (state.value === 'offline' && flush());
  addEventListener('online', online);
  onScopeDispose(() => {
    removeEventListener('online', online);
    if (dirty()) void flush();
    clearTimeout(timer);
  });

  const choose = (field: string) => {
    overlaps.value = overlaps.value.filter((overlap) => overlap.field !== field);
    if (overlaps.value.length === 0) stale.value = false;
    schedule(0);
  };

  return {
    draft,
    version,
    editable,
    state,
    savedAt,
    /** Why the last save was refused, as a sentence. */
    message,
    overlaps,
    followed,
    /** Somebody else saved first; stays until it is dismissed or settled. */
    stale,
    /** Words of an earlier visit were found on this device. */
    restored,
    dirty: computed(dirty),
    flush,
    follow,
    keepMine: choose,
    takeTheirs(field: keyof ReportDraft & string) {
      draft.value = { ...draft.value, [field]: copy(base.value[field]) } as ReportDraft;
      choose(field);
    },
  };
}
