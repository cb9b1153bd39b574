import { useEffect, useRef, type JSX, type ReactNode } from 'react';
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
  const bar = useRef<HTMLElement>(null);
  useEffect(() => tellHeight(bar.current), []);
  return (
    <section ref={bar} aria-label={label} className={styles.bar}>
      <div className={styles.facts}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </section>
  );
}

/** Tells what stands beside the bar how high it is, so that the heads of tables stay below it. */
function tellHeight(bar: HTMLElement | null): (() => void) | undefined {
  const beside = bar?.parentElement;
  if (!bar || !beside) return undefined;
  const observer = new ResizeObserver(() => beside.style.setProperty('--bar-height', `${bar.offsetHeight}px`));
  observer.observe(bar);
  return () => observer.disconnect();
}
