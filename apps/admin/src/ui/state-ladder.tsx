import type { JSX, ReactNode } from 'react';
import styles from './state-ladder.module.css';
import { StatusIcon, toneClass, type Tone } from './tag.js';

/** A state that something was in. */
export interface LadderState {
  key: string | number;
  name: string;
  /** Of the state while it lasts. */
  tone: Tone;
  /** Whether another followed it. */
  isPast: boolean;
  /** How long it took, or when it was reached. */
  note: ReactNode;
}

/** The states that something went through in order, and last the one that it is in; nothing before the first. */
export function StateLadder({ label, states }: { label: string; states: readonly LadderState[] }): JSX.Element | null {
  if (states.length === 0) return null;
  return (
    <ol className={styles.ladder} aria-label={label}>
      {states.map(({ key, name, tone, isPast, note }) => (
        <li key={key} aria-current={isPast ? undefined : 'step'}>
          <span className={`${styles.mark ?? ''} ${toneClass(isPast ? 'idle' : tone)}`}>
            <StatusIcon tone={isPast ? 'ok' : tone} size={16} />
          </span>
          <span className={isPast ? undefined : styles.now}>{name}</span>
          <span className={styles.note}>{note}</span>
        </li>
      ))}
    </ol>
  );
}
