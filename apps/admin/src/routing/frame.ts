/*
 * The room of addresses: the two routes around all others, and what a feature's `routes.ts` needs to put its own below them.
 */
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { loadViewer } from '../domain/session.js';
import { NoSuchPage, PageFailed } from '../layout/fallbacks.js';
import { t as uiWords } from '../ui/words.js';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NoSuchPage });

/** Parent of every page that only a signed-in person sees. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('../layout/shell.js'), 'Shell'),
  errorComponent: PageFailed,
  beforeLoad: async ({ location }) => {
    const [viewer] = await Promise.all([loadViewer(), uiWords.load()]);
    if (viewer) return;
    redirect({ to: '/sign-in', search: location.href === '/' ? {} : { returnTo: location.href }, throw: true });
  },
});
