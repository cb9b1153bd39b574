import type { JSX, ReactNode } from 'react';
import { formatCount } from './format.js';
import styles from './bars.module.css';
import { toneClass, type Tone } from './tag.js';

export interface Bar {
  key: string;
  /** Name of the class; a link where it leads to what is counted. */
  name: ReactNode;
  count: number;
  tone: Tone;
  note?: string;
}

/** A chart of counts by class: a bar for each, as long as its share of the largest. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }): JSX.Element {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul className={styles.bars} aria-label={label}>
      {bars.map(({ key, name, count, tone, note }) => (
        <li key={key}>
          <span className={styles.name}>{name}</span>
          <span className={styles.count}>
            {formatCount(count)}
            {note && <span className={styles.note}>{note}</span>}
          </span>
          <span className={styles.track} aria-hidden>
            <span className={`${styles.bar ?? ''} ${toneClass(tone)}`} style={{ width: `${(count / most) * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
