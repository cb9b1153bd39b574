import { IconArrowsExchange } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { textParam } from '../../routing/search.js';
import { t } from './words.js';

/** Connections whose names are compared, and a part of the names at the source. */
export interface Compared {
  source?: string;
  destination?: string;
  search?: string;
}

export const mappingRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/mappings',
    staticData: { navigation: { section: 'manage', name: 'mappings', icon: IconArrowsExchange } },
    validateSearch: (search): { kind?: string } => ({ kind: textParam(search.kind) }),
    component: lazyRouteComponent(
      withWords([t], () => import('./mappings-page.js')),
      'MappingsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/mappings/$mappingSetId',
    validateSearch: (search): { search?: string } => ({ search: textParam(search.search) }),
    component: lazyRouteComponent(
      withWords([t], () => import('./content-page.js')),
      'ContentPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/mappings/$mappingSetId/suggestions',
    validateSearch: (search): Compared => ({
      source: textParam(search.source),
      destination: textParam(search.destination),
      search: textParam(search.search),
    }),
    component: lazyRouteComponent(
      withWords([t], () => import('./suggestions-page.js')),
      'SuggestionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/mappings/$mappingSetId/preview',
    validateSearch: (search): { connection?: string; folder?: string } => ({
      connection: textParam(search.connection),
      folder: textParam(search.folder),
    }),
    component: lazyRouteComponent(
      withWords([t], () => import('./preview-page.js')),
      'PreviewPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/mappings/$mappingSetId/jobs',
    component: lazyRouteComponent(
      withWords([t], () => import('./jobs-page.js')),
      'SetJobsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/mappings/$mappingSetId/settings',
    component: lazyRouteComponent(
      withWords([t], () => import('./settings-page.js')),
      'SetSettingsPage',
    ),
  }),
] as const;
