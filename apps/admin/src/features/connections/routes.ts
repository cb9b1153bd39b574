import { IconPlugConnected } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { textParam } from '../../routing/search.js';

export const connectionRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/connections',
    staticData: { navigation: { section: 'manage', label: 'Connections', icon: IconPlugConnected } },
    validateSearch: (search): { search?: string } => ({ search: textParam(search.search) }),
    component: lazyRouteComponent(() => import('./connections-page.js'), 'ConnectionsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/new',
    validateSearch: (search): { platform?: string; id?: string; step?: 'sign-in' | 'project' } => ({
      platform: textParam(search.platform),
      id: textParam(search.id),
      step: search.step === 'sign-in' || search.step === 'project' ? search.step : undefined,
    }),
    component: lazyRouteComponent(() => import('./add-connection-page.js'), 'AddConnectionPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$connectionId',
    component: lazyRouteComponent(() => import('./connection-page.js'), 'ConnectionPage'),
  }),
] as const;
