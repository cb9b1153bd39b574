import type { JSX } from 'react';
import styles from './ui.module.css';

/** The product's sign, a sluice gate, beside its name. */
export function Brand({ isLarge = false }: { isLarge?: boolean }): JSX.Element {
  const size = isLarge ? 34 : 26;
  return (
    <span className={`${styles.brand ?? ''} ${isLarge ? (styles.brandLarge ?? '') : ''}`}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="7" fill="#0f5c63" />
        <g fill="none" stroke="#e9f3f1" strokeWidth="2.6" strokeLinecap="round">
          <path d="M7 6v20M25 6v20" />
          <path d="M11 9h10v7H11z" fill="#e9f3f1" strokeLinejoin="round" />
          <path d="M10.500 22.500c1.800-1.700 3.700-1.700 5.500 0s3.700 1.700 5.500 0" />
        </g>
      </svg>
      Sluice
    </span>
  );
}
