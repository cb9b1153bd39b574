import { Skeleton } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { StatusIcon, toneClass, type Tone } from './tag.js';
import styles from './ui.module.css';

/** Placeholder while a list or panel is read. */
export function Loading({ label, rows = 4 }: { label: string; rows?: number }): JSX.Element {
  return (
    <div role="status" aria-label={label} className={`${styles.stack ?? ''} ${styles.panelBody ?? ''}`}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={18} width={`${92 - ((index * 17) % 40)}%`} radius="xs" />
      ))}
    </div>
  );
}

/** Says why there is nothing and what to do about it. */
export function Blank({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}): JSX.Element {
  return (
    <div className={styles.blank}>
      <strong>{title}</strong>
      <p className={styles.flat}>{children}</p>
      {action}
    </div>
  );
}

/** A remark with its meaning in colour and shape. */
export function Notice({
  tone,
  role,
  children,
}: {
  tone: Tone;
  role?: 'alert' | 'status';
  children: ReactNode;
}): JSX.Element {
  return (
    <div role={role} className={`${styles.notice ?? ''} ${toneClass(tone)}`}>
      <StatusIcon tone={tone} size={18} />
      <div className={styles.noticeText}>{children}</div>
    </div>
  );
}

/** Problems that belong to no shown field. */
export function Problems({ messages }: { messages: readonly string[] }): JSX.Element | null {
  if (messages.length === 0) return null;
  return (
    <Notice tone="bad" role="alert">
      {messages.map((message) => (
        <div key={message}>{message}</div>
      ))}
    </Notice>
  );
}

export const messagesOf = (problems: readonly { message: string }[] | undefined): string[] =>
  (problems ?? []).map((problem) => problem.message);
