import { computed, ref, useId } from 'vue';
import { useI18n } from 'vue-i18n';
import { asProblem, type ApiProblem } from '@/api/problem';

/**
 * What keeps a form from being saved: messages by field, each field with an id the
 * summary can lead to. "estimate.basis" belongs to the field "estimate"; what names
 * no field of the form is said at the first one.
 */
export function useFormErrors<Field extends string>(...fields: [Field, ...Field[]]) {
  const { t } = useI18n();
  const prefix = useId();
  const errors = ref<Partial<Record<string, string>>>({});
  const idOf = (field: Field | 'form') => `${prefix}-${field}`;
  const known = (field: string): field is Field => (fields as readonly string[]).includes(field);
  const home = (field: string): Field => {
    const [root = ''] = field.split('.');
    return known(root) ? root : fields[0];
  };

  return {
    errors,
    idOf,
    summary: computed(() =>
      Object.entries(errors.value).flatMap(([field, message]) => (message ? [{ id: idOf(home(field)), message }] : [])),
    ),
    /** Takes over what the server refused, except that somebody else was first. */
    take(error: unknown): ApiProblem {
      const problem = asProblem(error);
      const named = problem.fields.map(({ field, message }) => [home(field), message]);
      if (problem.stale) errors.value = {};
      else errors.value = named.length > 0 ? Object.fromEntries(named) : { [fields[0]]: problem.message || t('app.unreachable') };
      return problem;
    },
  };
}
