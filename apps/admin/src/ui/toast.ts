import { notifications } from '@mantine/notifications';
import { t } from './words.js';

type Listener = () => void;
type Toast = Parameters<typeof notifications.show>[0];

/** Whether there was a short message: what shows them is loaded with the first one. */
export const toasts = {
  hasAny: false,
  listeners: new Set<Listener>(),
  subscribe: (listener: Listener): Listener => {
    toasts.listeners.add(listener);
    return () => toasts.listeners.delete(listener);
  },
};

function show(toast: Toast): void {
  notifications.show(toast);
  toasts.hasAny = true;
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
