import { computed, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { changeOf, rebase, type Overlap } from '@/lib/draft';

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** A form's fields over the thing as it was read; nothing typed is ever lost to somebody else's save. */
export function useDraft<Draft extends object>(start: Draft) {
  const base = shallowRef<Draft>(copy(start));
  const draft = ref(copy(start)) as Ref<Draft>;
  const overlaps = shallowRef<Overlap<Draft>[]>([]);
  const followed: ShallowRef<(keyof Draft & string)[]> = shallowRef([]);

  const settle = (field: keyof Draft & string) => {
    overlaps.value = overlaps.value.filter((overlap) => overlap.field !== field);
  };

  return {
    draft,
    overlaps,
    /** What somebody else changed and this form had not touched. */
    followed,
    dirty: computed(() => Object.keys(changeOf(base.value, draft.value)).length > 0),
    change: () => changeOf(base.value, draft.value),
    /** The thing as it was last read. */
    base: () => base.value,
    /** Goes on where typing stopped: over what, and what was typed. */
    resume(over: Draft, typed: Draft) {
      base.value = copy(over);
      draft.value = copy(typed);
    },
    /** Puts what was typed on top of the thing as it is by now. */
    rebaseOn(theirs: Draft) {
      const rebased = rebase<Draft>(base.value, copy(theirs), copy(draft.value));
      base.value = copy(theirs);
      draft.value = rebased.draft;
      overlaps.value = rebased.overlaps;
      followed.value = rebased.followed;
    },
    keepMine: settle,
    takeTheirs(field: keyof Draft & string) {
      draft.value = { ...draft.value, [field]: base.value[field] };
      settle(field);
    },
  };
}
