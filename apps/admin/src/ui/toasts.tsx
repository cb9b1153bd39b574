import { Notifications } from '@mantine/notifications';
import type { JSX } from 'react';

/** Where short messages appear; loaded beside the first page, as none is shown before it. */
export function Toasts(): JSX.Element {
  return <Notifications position="bottom-right" />;
}
