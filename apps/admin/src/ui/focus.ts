import { useEffect, useState } from 'react';

/** Leads to the field of a form that has this name. */
export function focusField(name: string | undefined): void {
  if (name === undefined) return;
  document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus();
}

/** Leads to the first field of a form that says that something is wrong with it. */
export function focusFirstWrong(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"], input[data-invalid], [data-invalid] input')?.focus();
}

/** For what takes the focus while it is shown, such as a dialog: gives it back to where it was before, unless it went elsewhere. */
export function useFocusReturn(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    },
    [before],
  );
}
