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
    validateSearch: (search): { search?: string; platform?: string; status?: string } => ({
      search: textParam(search.search),
      platform: textParam(search.platform),
      status: textParam(search.status),
    }),
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
      withWords([t], () => import('./health-page.js')),
      'HealthPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$connectionId/settings',
    component: lazyRouteComponent(
      withWords([t], () => import('./settings-page.js')),
      'SettingsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$connectionId/content',
    component: lazyRouteComponent(
      withWords([t], () => import('./content-page.js')),
      'ContentPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$connectionId/jobs',
    component: lazyRouteComponent(
      withWords([t], () => import('./jobs-page.js')),
      'ConnectionJobsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$connectionId/capabilities',
    component: lazyRouteComponent(
      withWords([t], () => import('./capabilities-page.js')),
      'CapabilitiesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/connections/$connectionId/budget',
    component: lazyRouteComponent(
      withWords([t], () => import('./budget-page.js')),
      'BudgetPage',
    ),
  }),
] as const;
