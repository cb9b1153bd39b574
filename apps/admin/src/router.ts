import { createRouter } from '@tanstack/react-router';
import { basePath } from './base-path.js';
import { accessRoutes } from './features/access/routes.js';
import { attentionRoutes } from './features/attention/routes.js';
import { auditRoutes } from './features/audit/routes.js';
import { budgetRoutes } from './features/budgets/routes.js';
import { comparisonRoutes } from './features/comparison/routes.js';
import { connectionRoutes } from './features/connections/routes.js';
import { jobRoutes } from './features/jobs/routes.js';
import { mappingRoutes } from './features/mappings/routes.js';
import { overviewRoutes } from './features/overview/routes.js';
import { planRoutes } from './features/plans/routes.js';
import { runRoutes } from './features/runs/routes.js';
import { scanRoutes } from './features/scans/routes.js';
import { settingsRoutes } from './features/settings/routes.js';
import { signInRoutes } from './features/sign-in/routes.js';
import { webhookRoutes } from './features/webhooks/routes.js';
import { NoSuchPage, PageFailed } from './layout/fallbacks.js';
import { root, shell } from './routing/frame.js';
import { PagePending } from './ui/page-pending.js';

/** Every feature, in the order in which the navigation shows those of a section. */
const tree = root.addChildren([
  ...signInRoutes,
  shell.addChildren([
    ...overviewRoutes,
    ...jobRoutes,
    ...runRoutes,
    ...attentionRoutes,
    ...planRoutes,
    ...scanRoutes,
    ...comparisonRoutes,
    ...connectionRoutes,
    ...mappingRoutes,
    ...budgetRoutes,
    ...accessRoutes,
    ...auditRoutes,
    ...webhookRoutes,
    ...settingsRoutes,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: basePath() === '' ? '/' : basePath(),
  defaultPreload: 'intent',
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: NoSuchPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
