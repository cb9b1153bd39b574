import { IconScale } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { textParam } from '../../routing/search.js';
import { t } from './words.js';

export const comparisonRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/comparison',
    staticData: { navigation: { section: 'analyse', name: 'comparison', icon: IconScale } },
    validateSearch: (search): { from?: string; to?: string } => ({
      from: textParam(search.from),
      to: textParam(search.to),
    }),
    component: lazyRouteComponent(
      withWords([t], () => import('./comparison-page.js')),
      'ComparisonPage',
    ),
  }),
] as const;
