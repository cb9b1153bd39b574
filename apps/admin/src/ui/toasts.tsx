import { Notifications } from '@mantine/notifications';
import type { JSX } from 'react';

/** Short messages in their place. */
export function Toasts(): JSX.Element {
  return <Notifications position="bottom-right" />;
}
