import { IconZoomScan } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { t as resultWords } from '../../domain/scan/words.js';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { askedOf, askedOfScan } from './asked.js';
import { t } from './words.js';

export const scanRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/scans',
    staticData: { navigation: { section: 'analyse', name: 'scans', icon: IconZoomScan } },
    validateSearch: askedOf,
    component: lazyRouteComponent(
      withWords([t], () => import('./scans-page.js')),
      'ScansPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/scans/$runId',
    validateSearch: askedOfScan,
    component: lazyRouteComponent(
      withWords([t, resultWords], () => import('./scan-page.js')),
      'ScanPage',
    ),
  }),
] as const;
