import { IconUsers } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { t } from './words.js';

const loader = () => t.load();

export const accessRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/access',
    staticData: { navigation: { section: 'system', name: 'access', icon: IconUsers } },
    loader,
    component: lazyRouteComponent(() => import('./access-page.js'), 'AccessStart'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/access/users',
    loader,
    component: lazyRouteComponent(() => import('./users.js'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/access/tokens',
    loader,
    component: lazyRouteComponent(() => import('./tokens.js'), 'TokensPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/access/password',
    loader,
    component: lazyRouteComponent(() => import('./own-password.js'), 'OwnPasswordPage'),
  }),
] as const;
