import { IconLayoutDashboard } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { t } from './words.js';

export const overviewRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/',
    staticData: { navigation: { section: 'work', name: 'overview', icon: IconLayoutDashboard } },
    component: lazyRouteComponent(
      withWords([t], () => import('./overview-page.js')),
      'OverviewPage',
    ),
  }),
] as const;
