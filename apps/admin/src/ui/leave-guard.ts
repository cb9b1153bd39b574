import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { confirm } from './confirm.js';
import { t } from './words.js';

/** Where one goes when the session is over: nothing that was entered can be saved then. */
const SIGN_IN = '/sign-in';

/**
 * Asks before a change of page, by a link or by the browser's back, loses what was entered; the browser itself asks before the tab is
 * closed or loaded anew.
 */
export function LeaveGuard({
  isDirty,
  within,
  onLeave,
}: {
  /** Whether there is something to lose, asked when one leaves. */
  isDirty: () => boolean;
  /** Beginning of the paths that belong to the same form. */
  within?: string;
  /** Told before what was entered is lost. */
  onLeave?: () => void;
}): null {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ next: { pathname } }) =>
      isDirty() && pathname !== SIGN_IN && (within === undefined || !pathname.startsWith(within)),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  useEffect(() => {
    if (status !== 'blocked') return;
    const leave = () => {
      onLeave?.();
      proceed();
      return Promise.resolve(null);
    };
    confirm({
      title: t('discardQuestion'),
      action: t('discard'),
      keep: t('keepEditing'),
      onConfirm: leave,
      onClose: reset,
    });
    // Asked once each time that one leaves, whatever is rendered meanwhile.
  }, [status]);
  return null;
}
