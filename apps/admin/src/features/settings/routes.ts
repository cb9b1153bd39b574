import { IconSettings } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { t } from './words.js';

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/settings',
    staticData: { navigation: { section: 'system', name: 'settings', icon: IconSettings } },
    loader: () => t.load(),
    component: lazyRouteComponent(() => import('./settings-page.js'), 'SettingsPage'),
  }),
] as const;
