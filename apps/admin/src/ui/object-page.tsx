import { createLink } from '@tanstack/react-router';
import type { ComponentProps, JSX, ReactNode } from 'react';
import { Page } from './page.js';
import styles from './ui.module.css';

/** A tab of an object, which is an address of its own. */
export const TabLink = createLink(function TabAnchor(props: ComponentProps<'a'>): JSX.Element {
  return <a {...props} className={`${styles.tab ?? ''} ${props.className ?? ''}`} />;
});

/** The page of one object: its name and state, what can be done with it, and its tabs. */
export function ObjectPage({
  title,
  state,
  lead,
  back,
  actions,
  tabs,
  tabsLabel,
  children,
}: {
  title: string;
  state?: ReactNode;
  lead?: ReactNode;
  back?: ComponentProps<typeof Page>['back'];
  actions?: ReactNode;
  tabs: ReactNode;
  /** What the tabs are of, for those who hear the page. */
  tabsLabel: string;
  children: ReactNode;
}): JSX.Element {
  return (
    <Page title={title} beside={state} lead={lead} back={back} actions={actions}>
      <nav aria-label={tabsLabel} className={styles.tabs}>
        {tabs}
      </nav>
      {children}
    </Page>
  );
}
