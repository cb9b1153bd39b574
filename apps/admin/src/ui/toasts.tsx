import { Notifications } from '@mantine/notifications';
import type { JSX } from 'react';
import '@mantine/core/styles/Notification.css';
import '@mantine/notifications/styles.css';

/** Short messages in their place. */
export function Toasts(): JSX.Element {
  return <Notifications position="bottom-right" />;
}
