import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockHour4,
  IconLoader2,
} from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import styles from './ui.module.css';

/** Meaning of a status; each has a colour and a shape of its own. */
export type Tone = 'ok' | 'busy' | 'wait' | 'warn' | 'bad' | 'idle';

const ICONS = {
  ok: IconCircleCheck,
  busy: IconLoader2,
  wait: IconClockHour4,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  idle: IconCircleDashed,
};

export function toneClass(tone: Tone): string {
  return styles[tone] ?? '';
}

export function StatusIcon({ tone, size }: { tone: Tone; size: number }): JSX.Element {
  const Icon = ICONS[tone];
  return <Icon size={size} stroke={2.2} aria-hidden />;
}

export function StatusTag({ tone, label }: { tone: Tone; label: ReactNode }): JSX.Element {
  return (
    <span className={`${styles.tag ?? ''} ${toneClass(tone)}`}>
      <StatusIcon tone={tone} size={14} />
      {label}
    </span>
  );
}
