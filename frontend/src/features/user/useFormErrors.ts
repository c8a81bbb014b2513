import { computed, ref, useId } from 'vue';
import { useI18n } from 'vue-i18n';
import { asProblem } from '@/api/problem';

/**
 * What keeps a form from being saved: messages by field, each field with an id the
 * summary can lead to. What names no field of the form is said at the first one.
 */
export function useFormErrors<Field extends string>(...fields: [Field, ...Field[]]) {
  const { t } = useI18n();
  const prefix = useId();
  const errors = ref<Partial<Record<string, string>>>({});
  const idOf = (field: Field) => `${prefix}-${field}`;
  const known = (field: string): field is Field => (fields as readonly string[]).includes(field);

  return {
    errors,
    idOf,
    summary: computed(() =>
      Object.entries(errors.value).flatMap(([field, message]) =>
        message ? [{ id: idOf(known(field) ? field : fields[0]), message }] : [],
      ),
    ),
    /** Takes over what the server refused; true when somebody else was first. */
    take(error: unknown): boolean {
      const problem = asProblem(error);
      const message = problem.message || t('app.unreachable');
      errors.value = problem.fields.length > 0 ? problem.byField : { [fields[0]]: message };
      return problem.stale;
    },
  };
}
