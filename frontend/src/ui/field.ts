/** Props shared by everything that is filled in and carries its own label. */
export interface FieldProps {
  label: string;
  /** Shown below the label; says what is expected, not what went wrong. */
  hint?: string;
  /** What is wrong, as a sentence; empty when nothing is. */
  error?: string;
  required?: boolean;
  disabled?: boolean;
  /** Fixed id, so that an error summary can link to the field. */
  id?: string;
  /** Keeps the label for screen readers only, e.g. in a tool bar. */
  hideLabel?: boolean;
}

/** The shared part of a field's props, to hand on to UiField. */
export function fieldOf({ label, hint, error, required, disabled, id, hideLabel }: FieldProps): FieldProps {
  return { label, hint, error, required, disabled, id, hideLabel };
}
