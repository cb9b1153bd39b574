import { IconArrowsRightLeft } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { textParam } from '../../routing/search.js';
import { t } from './words.js';

export const jobRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs',
    staticData: { navigation: { section: 'work', name: 'jobs', icon: IconArrowsRightLeft } },
    validateSearch: (search): { search?: string } => ({ search: textParam(search.search) }),
    component: lazyRouteComponent(
      withWords([t], () => import('./jobs-page.js')),
      'JobsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/new',
    component: lazyRouteComponent(
      withWords([t], () => import('./job-form-page.js')),
      'NewJobPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/$jobId',
    component: lazyRouteComponent(
      withWords([t], () => import('./job-page.js')),
      'JobPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/$jobId/edit',
    component: lazyRouteComponent(
      withWords([t], () => import('./job-form-page.js')),
      'EditJobPage',
    ),
  }),
] as const;
