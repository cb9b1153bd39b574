/** Leads to the field of a form that has this name. */
export function focusField(name: string | undefined): void {
  if (name === undefined) return;
  document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus();
}
