import { IconFlag } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { t } from './words.js';

export const attentionRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/attention',
    staticData: { navigation: { section: 'work', name: 'attention', icon: IconFlag } },
    loader: () => t.load(),
    component: lazyRouteComponent(() => import('./attention-page.js'), 'AttentionPage'),
  }),
] as const;
