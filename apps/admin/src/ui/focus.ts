import { useEffect, useState } from 'react';

/** Leads to the field of a form that has this name. */
export function focusField(name: string | undefined): void {
  if (name === undefined) return;
  const quoted = CSS.escape(name);
  document.querySelector<HTMLElement>(`[name="${quoted}"]:not([type="hidden"]), [data-name="${quoted}"]`)?.focus();
}

/** Leads to the first field of a form that says that something is wrong with it. */
export function focusFirstWrong(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"], input[data-invalid], [data-invalid] input')?.focus();
}

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]';

/** A control and what it stands in, from inside out. */
export function placeOf(control: Element): Element[] {
  const all: Element[] = [];
  for (let each: Element | null = control; each !== null && each !== document.body; each = each.parentElement)
    all.push(each);
  return all;
}

/**
 * Where the focus goes on that was at this place: the control, or where that is gone the heading of the page or what is nearest;
 * null while the control is only switched off.
 */
export function goOnFrom([control, ...around]: readonly Element[]): HTMLElement | null {
  if (control?.isConnected) return control instanceof HTMLElement && !control.matches(':disabled') ? control : null;
  const left = around.find((each) => each.isConnected && each.querySelector(FOCUSABLE) !== null);
  return left?.querySelector<HTMLElement>('h1') ?? left?.querySelector<HTMLElement>(FOCUSABLE) ?? null;
}

/** The control that stays: of an item in a menu, which is gone once it is chosen, the button that opened the menu. */
const openerOf = (control: Element): Element =>
  document.getElementById(control.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? '') ?? control;

/**
 * For what takes the focus while it is shown, such as a dialog: gives it back to where it was before, or to what is nearest where
 * that is gone, unless it went elsewhere.
 */
export function useFocusReturn(): void {
  const [before] = useState(() => (document.activeElement === null ? [] : placeOf(openerOf(document.activeElement))));
  useEffect(
    () => () => {
      if (document.activeElement === document.body) goOnFrom(before)?.focus();
    },
    [before],
  );
}
