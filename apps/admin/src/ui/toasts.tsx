import { Notifications } from '@mantine/notifications';
import type { JSX } from 'react';

/** Where short messages appear; loaded beside the first page behind the sign-in, which tells by itself what is wrong. */
export function Toasts(): JSX.Element {
  return <Notifications position="bottom-right" />;
}
