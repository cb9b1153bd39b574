import { useEffect } from 'react';

/** Long enough for a dialog or a page to take the focus, or to give it back, by itself. */
const PATIENCE_MS = 100;
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]';

/**
 * Keeps the focus when the control that has it is switched off for a while or taken away, so that a person with a keyboard or a
 * screen reader goes on from there: it comes back to the control, or else to the heading of a page that shows something else now,
 * or to what is nearest. A click beside all controls gives it up.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    /** The control that has or had the focus, and what it stands in, from inside out. */
    let had: readonly Element[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = ({ target }: FocusEvent) => {
      had = target instanceof Element ? withAncestors(target) : [];
    };
    const forget = () => {
      had = [];
    };
    const bringBack = () => {
      timer = undefined;
      if (document.activeElement === document.body) placeFor(had)?.focus({ preventScroll: true });
    };
    const look = () => {
      if (had.length > 0 && document.activeElement === document.body) timer ??= setTimeout(bringBack, PATIENCE_MS);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', forget);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', forget);
    };
  }, []);
}

function withAncestors(element: Element): Element[] {
  const all: Element[] = [];
  for (let each: Element | null = element; each !== null && each !== document.body; each = each.parentElement)
    all.push(each);
  return all;
}

/** Where the focus goes on; null while the control is only switched off. */
function placeFor([control, ...around]: readonly Element[]): HTMLElement | null {
  if (control?.isConnected) return control instanceof HTMLElement && !control.matches(':disabled') ? control : null;
  const left = around.find((each) => each.isConnected && each.querySelector(FOCUSABLE) !== null);
  return left?.querySelector<HTMLElement>('h1') ?? left?.querySelector<HTMLElement>(FOCUSABLE) ?? null;
}
