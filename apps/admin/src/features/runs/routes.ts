import { IconPlayerPlay } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { askedOf, runsAskedOf } from './asked.js';
import { t } from './words.js';

export const runRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/runs',
    staticData: { navigation: { section: 'work', name: 'runs', icon: IconPlayerPlay } },
    validateSearch: runsAskedOf,
    component: lazyRouteComponent(
      withWords([t], () => import('./runs-page.js')),
      'RunsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/runs/$runId',
    validateSearch: askedOf,
    component: lazyRouteComponent(
      withWords([t], () => import('./run-page.js')),
      'RunPage',
    ),
  }),
] as const;
