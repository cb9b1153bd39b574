import type { JSX } from 'react';
import { toneClass, type Tone } from './tag.js';
import styles from './ui.module.css';

export interface GaugePart {
  /** Share of the whole, 0 to 1. */
  share: number;
  tone: Tone;
  isHatched?: boolean;
}

/** A channel that fills from the left, with a scale of tenths. `text` says in words what it shows. */
export function Gauge({
  label,
  text,
  value,
  parts,
  isSlim = false,
}: {
  label: string;
  text: string;
  value: number | null;
  parts: readonly GaugePart[];
  isSlim?: boolean;
}): JSX.Element {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : Math.round(value * 100)}
      aria-valuetext={text}
      className={`${styles.gauge ?? ''} ${isSlim ? (styles.gaugeSlim ?? '') : ''}`}
    >
      {layOut(parts).map((part, index) => (
        <div
          key={index}
          className={`${styles.gaugePart ?? ''} ${toneClass(part.tone)} ${part.isHatched ? (styles.gaugeHatch ?? '') : ''}`}
          style={{ left: `${part.left * 100}%`, width: `${part.share * 100}%` }}
        />
      ))}
      <div className={styles.gaugeScale} />
    </div>
  );
}

function layOut(parts: readonly GaugePart[]): (GaugePart & { left: number })[] {
  const placed: (GaugePart & { left: number })[] = [];
  let left = 0;
  for (const part of parts) {
    const share = Math.min(Math.max(0, part.share), 1 - left);
    placed.push({ ...part, share, left });
    left += share;
  }
  return placed;
}
