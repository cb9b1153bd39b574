import { notifications } from '@mantine/notifications';
import { t } from './words.js';

/** Shows each problem that belongs to no field; returns whether there was one. */
export function toastProblems(problems: readonly { message: string }[] | undefined): boolean {
  for (const { message } of problems ?? []) {
    notifications.show({ title: t('failedAction'), message, color: 'red', autoClose: 8000 });
  }
  return (problems ?? []).length > 0;
}

/** Says that something is done. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'petrol' });
}
