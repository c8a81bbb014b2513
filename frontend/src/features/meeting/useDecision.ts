import { useQueryClient } from '@tanstack/vue-query';
import { onScopeDispose, ref, watch } from 'vue';
import { asProblem } from '@/api/problem';
import { keys } from '@/api/keys';
import { amendDecision, confirmDecision, recordDecision, type Meeting, type MeetingDecision } from './meeting';

/** How long the keys must rest before what was typed is kept. */
const rest = 500;

export interface Minute {
  kind: MeetingDecision['kind'];
  text: string;
  responsible: string;
  due: string;
}

/**
 * One decision while it is typed: kept a moment after the keys rest, one call at a
 * time, each on the version the one before it left. Confirming waits for the last.
 */
export function useDecision(meetingId: number, projectId: number, found: MeetingDecision | null, defaultDue: string) {
  const queries = useQueryClient();
  const minute = ref<Minute>(minuteOf(found, defaultDue));
  const kept = ref<MeetingDecision | null>(found);
  const state = ref<'kept' | 'typing' | 'saving' | 'failed'>('kept');
  const refusal = ref('');
  let queue: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(decision: MeetingDecision) {
    queries.setQueryData<Meeting>([...keys.meeting, 'detail', meetingId], (meeting) => {
      if (!meeting) return meeting;
      const others = meeting.decisions.filter(({ id }) => id !== decision.id);
      return { ...meeting, decisions: [...others, decision].sort((one, other) => one.id - other.id) };
    });
  }

  async function keep() {
    const { kind, text, responsible, due } = minute.value;
    const body = { kind, text, responsibleOrganisationId: responsible ? Number(responsible) : null, due: due || null };
    state.value = 'saving';
    try {
      kept.value = kept.value ? await amendDecision(meetingId, kept.value, body) : await recordDecision(meetingId, projectId, body);
      state.value = 'kept';
      refusal.value = '';
      show(kept.value);
    } catch (error) {
      state.value = 'failed';
      refusal.value = asProblem(error).message;
      throw error;
    }
  }

  /** Keeps what was typed now, after whatever is still on its way. */
  function flush(): Promise<void> {
    clearTimeout(timer);
    const next = queue.catch(() => undefined).then(() => (state.value === 'kept' ? undefined : keep()));
    queue = next;
    return next;
  }

  watch(
    minute,
    () => {
      if (minute.value.text.trim() === '' && !kept.value) return;
      state.value = 'typing';
      clearTimeout(timer);
      timer = setTimeout(() => void flush().catch(() => undefined), rest);
    },
    { deep: true },
  );
  onScopeDispose(() => {
    if (state.value === 'typing') void flush().catch(() => undefined);
  });

  return {
    minute,
    state,
    refusal,
    /** Makes it count; null where it was refused, with the reason in `refusal`. */
    async confirm(): Promise<MeetingDecision | null> {
      try {
        await flush();
        if (!kept.value) return null;
        const confirmed = await confirmDecision(meetingId, kept.value);
        show(confirmed);
        kept.value = null;
        minute.value = minuteOf(null, defaultDue);
        state.value = 'kept';
        refusal.value = '';
        return confirmed;
      } catch (error) {
        const problem = asProblem(error);
        refusal.value = problem.fields[0]?.message ?? problem.message;
        return null;
      }
    },
  };
}

function minuteOf(decision: MeetingDecision | null, due: string): Minute {
  if (!decision) return { kind: 'order', text: '', responsible: '', due };
  return { kind: decision.kind, text: decision.text, responsible: decision.responsible ? String(decision.responsible.id) : '', due: decision.due ?? '' };
}
