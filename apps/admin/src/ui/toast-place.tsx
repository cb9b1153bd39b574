import { useSyncExternalStore, type JSX } from 'react';
import { ahead, lazily } from './lazily.js';
import { toasts } from './toast.js';

const load = async () => (await import('./toasts.js')).Toasts;
const Toasts = lazily(load);

/** Loads what shows short messages. */
export const loadToasts = ahead(load);

/** Where short messages appear, from the first one on. */
export function ToastPlace(): JSX.Element | null {
  const count = useSyncExternalStore(toasts.subscribe, () => toasts.count);
  return count > 0 ? <Toasts count={count} /> : null;
}
