import { useBlocker } from '@tanstack/react-router';
import { useEffect, type JSX } from 'react';
import { lazily } from './lazily.js';

/** Where one goes when the session is over: nothing that was entered can be saved then. */
const SIGN_IN = '/sign-in';

const load = async () => (await import('./leave-dialog.js')).LeaveDialog;
const LeaveDialog = lazily(load);

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
}): JSX.Element | null {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ next: { pathname } }) =>
      isDirty() && pathname !== SIGN_IN && (within === undefined || !pathname.startsWith(within)),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  // The question has to be there when it is asked, also without the server.
  useEffect(() => {
    if (isDirty()) load().catch(() => undefined);
  });
  if (status !== 'blocked') return null;
  const leave = () => {
    onLeave?.();
    proceed();
  };
  return <LeaveDialog onStay={reset} onLeave={leave} />;
}
