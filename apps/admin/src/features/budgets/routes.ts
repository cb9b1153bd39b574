import { IconGauge } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { t } from './words.js';

export const budgetRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/budgets',
    staticData: { navigation: { section: 'manage', name: 'budgets', icon: IconGauge } },
    loader: () => t.load(),
    component: lazyRouteComponent(() => import('./budgets-page.js'), 'BudgetsPage'),
  }),
] as const;
