import { IconKey } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';

export const tokenRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/tokens',
    staticData: { navigation: { section: 'system', label: 'API tokens', icon: IconKey } },
    component: lazyRouteComponent(() => import('./tokens-page.js'), 'TokensPage'),
  }),
] as const;
