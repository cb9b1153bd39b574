import { useEffect } from 'react';
import { goOnFrom, placeOf } from '../ui/focus.js';

/** Long enough for a dialog or a page to take the focus, or to give it back, by itself. */
const PATIENCE_MS = 100;

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
      had = target instanceof Element ? placeOf(target) : [];
    };
    const forget = () => {
      had = [];
    };
    const bringBack = () => {
      timer = undefined;
      if (document.activeElement === document.body) goOnFrom(had)?.focus({ preventScroll: true });
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
