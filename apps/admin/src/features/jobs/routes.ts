import { IconArrowsRightLeft } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { textParam } from '../../routing/search.js';

export const jobRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs',
    staticData: { navigation: { section: 'work', label: 'Jobs', icon: IconArrowsRightLeft } },
    validateSearch: (search): { search?: string } => ({ search: textParam(search.search) }),
    component: lazyRouteComponent(() => import('./jobs-page.js'), 'JobsPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/new',
    component: lazyRouteComponent(() => import('./job-form-page.js'), 'NewJobPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/$jobId',
    component: lazyRouteComponent(() => import('./job-page.js'), 'JobPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/$jobId/edit',
    component: lazyRouteComponent(() => import('./job-form-page.js'), 'EditJobPage'),
  }),
] as const;
