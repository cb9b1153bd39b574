import { IconWebhook } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { t } from './words.js';

const loader = () => t.load();

export const webhookRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/webhooks',
    staticData: { navigation: { section: 'system', name: 'webhooks', icon: IconWebhook } },
    loader,
    component: lazyRouteComponent(() => import('./webhooks-page.js'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/webhooks/$webhookId',
    loader,
    component: lazyRouteComponent(() => import('./deliveries-page.js'), 'DeliveriesPage'),
  }),
] as const;
