import type { JSX, ReactNode } from 'react';
import styles from './sticky-bar.module.css';

/** What stays in sight while a page scrolls: how the thing stands, and what can be done with it. */
export function StickyBar({
  label,
  actions,
  children,
}: {
  label: string;
  actions: ReactNode;
  children: ReactNode;
}): JSX.Element {
  return (
    <section aria-label={label} className={styles.bar}>
      <div className={styles.facts}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </section>
  );
}
