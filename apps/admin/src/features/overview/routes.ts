import { IconGauge } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';

export const overviewRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/',
    staticData: { navigation: { section: 'work', label: 'Overview', icon: IconGauge } },
    component: lazyRouteComponent(() => import('./overview-page.js'), 'OverviewPage'),
  }),
] as const;
