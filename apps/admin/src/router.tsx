import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { basePath } from './base-path.js';
import { NoSuchPage, PageFailed, PagePending } from './layout/fallbacks.js';
import { loadViewer } from './sign-in/session.js';
import { SignInPage } from './sign-in/sign-in-page.js';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const root = createRootRoute({ component: Outlet, notFoundComponent: NoSuchPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { returnTo?: string; hasExpired?: boolean } => ({
    returnTo: text(search.returnTo),
    hasExpired: search.hasExpired === true ? true : undefined,
  }),
  component: SignInPage,
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./layout/shell.js'), 'Shell'),
  errorComponent: PageFailed,
  beforeLoad: async ({ location }) => {
    if (await loadViewer()) return;
    redirect({ to: '/sign-in', search: location.href === '/' ? {} : { returnTo: location.href }, throw: true });
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home-page.js'), 'HomePage'),
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  validateSearch: (search): { search?: string } => ({ search: text(search.search) }),
  component: lazyRouteComponent(() => import('./connections/connections-page.js'), 'ConnectionsPage'),
});

const addConnection = createRoute({
  getParentRoute: () => shell,
  path: '/connections/new',
  validateSearch: (search): { platform?: string; id?: string; step?: 'sign-in' | 'project' } => ({
    platform: text(search.platform),
    id: text(search.id),
    step: search.step === 'sign-in' || search.step === 'project' ? search.step : undefined,
  }),
  component: lazyRouteComponent(() => import('./connections/add-connection-page.js'), 'AddConnectionPage'),
});

const comparison = createRoute({
  getParentRoute: () => shell,
  path: '/connections/comparison',
  validateSearch: (search): { from?: string; to?: string } => ({ from: text(search.from), to: text(search.to) }),
  component: lazyRouteComponent(() => import('./connections/comparison-page.js'), 'ComparisonPage'),
});

const connection = createRoute({
  getParentRoute: () => shell,
  path: '/connections/$connectionId',
  component: lazyRouteComponent(() => import('./connections/connection-page.js'), 'ConnectionPage'),
});

const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/jobs',
  validateSearch: (search): { search?: string } => ({ search: text(search.search) }),
  component: lazyRouteComponent(() => import('./jobs/jobs-page.js'), 'JobsPage'),
});

const newJob = createRoute({
  getParentRoute: () => shell,
  path: '/jobs/new',
  component: lazyRouteComponent(() => import('./jobs/job-form-page.js'), 'NewJobPage'),
});

const job = createRoute({
  getParentRoute: () => shell,
  path: '/jobs/$jobId',
  component: lazyRouteComponent(() => import('./jobs/job-page.js'), 'JobPage'),
});

const editJob = createRoute({
  getParentRoute: () => shell,
  path: '/jobs/$jobId/edit',
  component: lazyRouteComponent(() => import('./jobs/job-form-page.js'), 'EditJobPage'),
});

const plan = createRoute({
  getParentRoute: () => shell,
  path: '/plans/$planId',
  component: lazyRouteComponent(() => import('./jobs/plan-page.js'), 'PlanPage'),
});

const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  component: lazyRouteComponent(() => import('./runs/runs-page.js'), 'RunsPage'),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./runs/run-page.js'), 'RunPage'),
});

const tokens = createRoute({
  getParentRoute: () => shell,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./tokens/tokens-page.js'), 'TokensPage'),
});

const tree = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    connections,
    addConnection,
    comparison,
    connection,
    jobs,
    newJob,
    job,
    editJob,
    plan,
    runs,
    run,
    tokens,
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
