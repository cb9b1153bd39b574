/*
 * The room of what several features show: frames, tables, figures, remarks and formats. It knows no object of the schema.
 */
import { Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import { useEffect, useId, type ComponentProps, type JSX, type ReactNode } from 'react';
import styles from './ui.module.css';

const BackLink = createLink(function BackAnchor({ children, ...rest }: ComponentProps<'a'>): JSX.Element {
  return (
    <a {...rest} className={styles.back}>
      <IconChevronLeft size={15} aria-hidden />
      {children}
    </a>
  );
});

/** Frame of a page: sets the window's title, and has the only level 1 heading. */
export function Page({
  title,
  progress,
  beside,
  lead,
  back,
  actions,
  isNarrow = false,
  children,
}: {
  title: string;
  /** How far the thing is that the page shows, such as `42 %`; stands first in the tab of the browser. */
  progress?: string;
  beside?: ReactNode;
  lead?: ReactNode;
  back?:
    | { to: '/connections' | '/jobs' | '/mappings' | '/runs' | '/scans' | '/webhooks' | '/'; label: string }
    | { to: '/jobs/$jobId'; jobId: string; label: string };
  actions?: ReactNode;
  isNarrow?: boolean;
  children: ReactNode;
}): JSX.Element {
  useEffect(() => {
    document.title = [progress, title, 'Sluice'].filter(Boolean).join(' · ');
  }, [title, progress]);
  return (
    <div className={`${styles.page ?? ''} ${isNarrow ? (styles.narrow ?? '') : ''}`}>
      <header className={styles.pageHead}>
        <div className={styles.narrowing}>
          {back &&
            ('jobId' in back ? (
              <BackLink to={back.to} params={{ jobId: back.jobId }}>
                {back.label}
              </BackLink>
            ) : (
              <BackLink to={back.to}>{back.label}</BackLink>
            ))}
          <Title order={1} tabIndex={-1} className={styles.heading}>
            {title} {beside}
          </Title>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled section. `isFlush` leaves out the inner space, for lists and tables. */
export function Panel({
  title,
  aside,
  isFlush = false,
  children,
}: {
  title: string;
  aside?: ReactNode;
  isFlush?: boolean;
  children: ReactNode;
}): JSX.Element {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.panelHead}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside && <div className={styles.row}>{aside}</div>}
      </div>
      <div className={isFlush ? styles.panelFlush : styles.panelBody}>{children}</div>
    </section>
  );
}

/** Names and values. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode] | null)[] }): JSX.Element {
  return (
    <dl className={styles.facts}>
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]} className={styles.contents}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Large figures with their names. */
export function Figures({
  figures,
}: {
  figures: readonly { name: string; value: ReactNode; note?: ReactNode }[];
}): JSX.Element {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {note && <span className={styles.note}>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
