/*
 * The room of addresses: the two routes around all others, and what a feature's `routes.ts` needs to put its own below them.
 */
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { loadViewer } from '../domain/session.js';
import { t as domainWords } from '../domain/words.js';
import { t as layoutWords } from '../layout/words.js';
import { NoSuchPage, PageFailed } from '../layout/fallbacks.js';
import { withWords } from './page.js';

export const root = createRootRoute({ component: Outlet, notFoundComponent: NoSuchPage });

/** Parent of every page that only a signed-in person sees. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(
    withWords([domainWords, layoutWords], () => import('../layout/shell.js')),
    'Shell',
  ),
  errorComponent: PageFailed,
  beforeLoad: async ({ location }) => {
    if (await loadViewer()) return;
    redirect({ to: '/sign-in', search: location.href === '/' ? {} : { returnTo: location.href }, throw: true });
  },
});
