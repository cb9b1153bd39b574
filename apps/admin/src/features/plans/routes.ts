import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';

export const planRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/plans/$planId',
    component: lazyRouteComponent(() => import('./plan-page.js'), 'PlanPage'),
  }),
] as const;
