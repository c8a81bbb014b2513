import { computed, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { asProblem } from '@/api/problem';
import { useFormat } from '@/composables/useFormat';
import { useReadAgain, type Newer, type ProjectDetail } from './project';

/**
 * The project a form is bound to: as it was when the form was opened, until a write
 * comes too late. Then it is read again, and whoever was first is named. Following
 * the cache instead would save over changes that nobody here has seen.
 */
export function useStale(opened: ProjectDetail) {
  const { t } = useI18n();
  const { instant } = useFormat();
  const readAgain = useReadAgain();
  const read = shallowRef(opened);
  const newer = shallowRef<Newer | null>(null);

  return {
    read,
    newer,
    who: computed(() => {
      const by = newer.value?.by;
      if (!by) return t('detail.staleSomebody');
      return t('detail.staleBy', { actor: by.actor, organisation: by.actorOrganisation, at: instant(by.at) });
    }),
    /** Reads the project again; throws when that fails too. */
    async catchUp(): Promise<ProjectDetail> {
      newer.value = await readAgain(opened.id);
      read.value = newer.value.project;
      return read.value;
    },
    /** Whether the failure is that of a write that came too late. */
    isLate: (error: unknown) => asProblem(error).stale,
  };
}
