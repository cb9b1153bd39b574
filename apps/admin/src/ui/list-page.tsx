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
  aside,
  notice,
  children,
}: {
  title: string;
  lead?: ReactNode;
  action?: ReactNode;
  /** Head of the list, such as "12 users". */
  count: string;
  filters?: ReactNode;
  /** Beside the head of the list, such as what can be done with what is selected. */
  aside?: ReactNode;
  /** Above the list, such as what came of the last action. */
  notice?: ReactNode;
  children: ReactNode;
}): JSX.Element {
  return (
    <Page title={title} lead={lead} actions={action}>
      {filters && (
        <search className={styles.filters} aria-label={title}>
          {filters}
        </search>
      )}
      {notice}
      <Panel title={count} aside={aside} isFlush>
        {children}
      </Panel>
    </Page>
  );
}
