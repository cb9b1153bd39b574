/*
 * The room of access: people who sign in, tokens of other systems, and the caller's own password.
 */
import { Navigate } from '@tanstack/react-router';
import type { JSX, ReactNode } from 'react';
import { useCan } from '../../domain/session.js';
import { ObjectPage, TabLink } from '../../ui/object-page.js';
import { t } from './words.js';

/** Leads to the first tab that the person may see. */
export function AccessStart(): JSX.Element {
  return <Navigate to={useCan('USERS_MANAGE') ? '/access/users' : '/access/tokens'} replace />;
}

/** The frame around each tab. */
export function AccessPage({ children }: { children: ReactNode }): JSX.Element {
  const tabs = (
    <>
      {useCan('USERS_MANAGE') && <TabLink to="/access/users">{t('users')}</TabLink>}
      <TabLink to="/access/tokens">{t('tokens')}</TabLink>
      <TabLink to="/access/password">{t('password')}</TabLink>
    </>
  );
  return (
    <ObjectPage title={t('title')} lead={t('lead')} tabs={tabs} tabsLabel={t('tabs')}>
      {children}
    </ObjectPage>
  );
}
