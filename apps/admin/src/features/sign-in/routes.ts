import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { textParam } from '../../routing/search.js';
import { t } from './words.js';

export const signInRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (search): { returnTo?: string; hasExpired?: boolean } => ({
      returnTo: textParam(search.returnTo),
      hasExpired: search.hasExpired === true ? true : undefined,
    }),
    component: lazyRouteComponent(
      withWords([t], () => import('./sign-in-page.js')),
      'SignInPage',
    ),
  }),
] as const;
