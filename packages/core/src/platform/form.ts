/** What a field of a form takes; the public `FormFieldKind`. */
export const FORM_FIELD_KINDS = ['NUMBER', 'PATH', 'SECRET', 'SELECT', 'TEXT', 'TOGGLE', 'URL'] as const;
export type FormFieldKind = (typeof FORM_FIELD_KINDS)[number];

/** Form of a connection, described by its connector; drives the web form and the API's validation. */
export interface FormField {
  /** Path in `ConnectionCreateInput`, such as `settings.procore.loginUrl`. */
  name: string;
  label: string;
  help?: string;
  kind: FormFieldKind;
  isRequired: boolean;
  isSecret: boolean;
  defaultValue?: string;
  options?: readonly { value: string; label: string }[];
  /** The field is shown only while that other field has one of the values. */
  shownWhen?: { field: string; values: readonly string[] };
}
