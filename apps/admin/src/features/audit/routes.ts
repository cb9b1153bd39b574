import { IconHistory } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { askedOf } from './filter.js';
import { t } from './words.js';

export const auditRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/audit',
    staticData: { navigation: { section: 'system', name: 'audit', icon: IconHistory } },
    validateSearch: askedOf,
    loader: () => t.load(),
    component: lazyRouteComponent(() => import('./audit-page.js'), 'AuditPage'),
  }),
] as const;
