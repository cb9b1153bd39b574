import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../routing/frame.js';
import { textParam } from '../../routing/search.js';

export const signInRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (search): { returnTo?: string; hasExpired?: boolean } => ({
      returnTo: textParam(search.returnTo),
      hasExpired: search.hasExpired === true ? true : undefined,
    }),
    component: lazyRouteComponent(() => import('./sign-in-page.js'), 'SignInPage'),
  }),
] as const;
