import { IconPlayerPlay } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';

export const runRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/runs',
    staticData: { navigation: { section: 'work', label: 'Runs', icon: IconPlayerPlay } },
    component: lazyRouteComponent(() => import('./runs-page.js'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/runs/$runId',
    component: lazyRouteComponent(() => import('./run-page.js'), 'RunPage'),
  }),
] as const;
