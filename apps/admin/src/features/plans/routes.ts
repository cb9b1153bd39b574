import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { askedOf } from './asked.js';
import { t } from './words.js';

export const planRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/plans/$planId',
    validateSearch: askedOf,
    component: lazyRouteComponent(
      withWords([t], () => import('./plan-page.js')),
      'PlanPage',
    ),
  }),
] as const;
