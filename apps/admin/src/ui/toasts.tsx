import { Notifications, notifications } from '@mantine/notifications';
import { useEffect, type JSX } from 'react';
import { toasts } from './toast.js';
import '@mantine/core/styles/Notification.layer.css';
import '@mantine/notifications/styles.layer.css';

/** Short messages in their place; `count` is how many there were. */
export function Toasts({ count }: { count: number }): JSX.Element {
  useEffect(() => {
    for (const toast of toasts.take()) notifications.show(toast);
  }, [count]);
  return <Notifications position="bottom-right" />;
}
