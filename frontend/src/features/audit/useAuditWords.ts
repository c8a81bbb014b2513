import { useI18n } from 'vue-i18n';

/** Words for the codes of the record; a code without words stays itself. */
export function useAuditWords() {
  const { t } = useI18n();
  const say = (key: string) => (t(key) === key ? null : t(key)); // a key without words reads as itself

  return {
    say,
    /** An act; a refusal before the act was known carries a permission instead. */
    action: (code: string) => say(`audit.actions.${code}`) ?? say(`permission.${code}`) ?? code,
    objectKind: (code: string) => say(`audit.kinds.${code}`) ?? code,
    field: (code: string) => say(`audit.fields.${code}`) ?? code,
    /** Refusals carry a code; what a person wrote has no words here and stays. */
    reason: (text: string) => (/^[a-z_]+$/.test(text) ? (say(`audit.reasons.${text}`) ?? text) : text),
  };
}
