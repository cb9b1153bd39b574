import { IconPlugConnected } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { textParam } from '../../routing/search.js';
import { t } from './words.js';

export const connectionRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/connections',
    staticData: { navigation: { section: 'manage', name: 'connections', icon: IconPlugConnected } },
    validateSearch: (search): { search?: string } => ({ search: textParam(search.search) }),
    component: lazyRouteComponent(
      withWords([t], () => import('./connections-page.js')),
      'ConnectionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/new',
    validateSearch: (search): { platform?: string; id?: string; step?: 'sign-in' | 'project' } => ({
      platform: textParam(search.platform),
      id: textParam(search.id),
      step: search.step === 'sign-in' || search.step === 'project' ? search.step : undefined,
    }),
    component: lazyRouteComponent(
      withWords([t], () => import('./add-connection-page.js')),
      'AddConnectionPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$connectionId',
    component: lazyRouteComponent(
      withWords([t], () => import('./connection-page.js')),
      'ConnectionPage',
    ),
  }),
] as const;
