import type { NotificationData } from '@mantine/notifications';
import { t } from './words.js';

type Listener = () => void;

/** Short messages on their way to what shows them, which is loaded with the first one. */
export const toasts = {
  /** How many there were. */
  count: 0,
  waiting: [] as NotificationData[],
  listeners: new Set<Listener>(),
  subscribe: (listener: Listener): Listener => {
    toasts.listeners.add(listener);
    return () => toasts.listeners.delete(listener);
  },
  /** Those that nothing has shown yet, each given once. */
  take: (): NotificationData[] => toasts.waiting.splice(0),
};

function show(toast: NotificationData): void {
  toasts.waiting.push(toast);
  toasts.count += 1;
  for (const listener of toasts.listeners) listener();
}

/** Shows each problem that belongs to no field; returns whether there was one. */
export function toastProblems(problems: readonly { message: string }[] | undefined): boolean {
  for (const { message } of problems ?? []) show({ title: t('failedAction'), message, color: 'red', autoClose: 8000 });
  return (problems ?? []).length > 0;
}

/** Says that something is done. */
export function toastDone(message: string): void {
  show({ message, color: 'petrol' });
}
