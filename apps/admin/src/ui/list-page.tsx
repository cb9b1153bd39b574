import type { JSX, ReactNode } from 'react';
import { Page, Panel } from './page.js';
import styles from './ui.module.css';

/** A page that is a list: its filters, which live in the address, stand above it, and its main action beside the title. */
export function ListPage({
  title,
  lead,
  action,
  count,
  filters,
  children,
}: {
  title: string;
  lead?: ReactNode;
  action?: ReactNode;
  /** Head of the list, such as "12 users". */
  count: string;
  filters?: ReactNode;
  children: ReactNode;
}): JSX.Element {
  return (
    <Page title={title} lead={lead} actions={action}>
      {filters && (
        <search className={styles.filters} aria-label={title}>
          {filters}
        </search>
      )}
      <Panel title={count} isFlush>
        {children}
      </Panel>
    </Page>
  );
}
