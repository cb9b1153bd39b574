import { IconArrowsRightLeft } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { shell } from '../../routing/frame.js';
import { withWords } from '../../routing/page.js';
import { askedOf } from './asked.js';
import { askedOf as askedOfList } from './list/asked.js';
import { t as listWords } from './list/words.js';
import { originOf } from './wizard/origin.js';
import { isStep, STEPS, type Step } from './wizard/steps.js';
import { t as tabWords } from './tabs/words.js';
import { t as wizardWords } from './wizard/words.js';
import { t } from './words.js';

/** The step of an address; the first one for a step that there is not. */
const stepParam = <Params extends { step: string }>(params: Params): Params & { step: Step } => ({
  ...params,
  step: isStep(params.step) ? params.step : STEPS[0],
});

export const jobRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs',
    staticData: { navigation: { section: 'work', name: 'jobs', icon: IconArrowsRightLeft } },
    validateSearch: askedOfList,
    component: lazyRouteComponent(
      withWords([listWords], () => import('./list/jobs-page.js')),
      'JobsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/new',
    validateSearch: originOf,
    beforeLoad: ({ search }) =>
      redirect({ to: '/jobs/new/$step', params: { step: 'type' }, search, replace: true, throw: true }),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/new/$step',
    params: { parse: stepParam },
    validateSearch: originOf,
    component: lazyRouteComponent(
      withWords([t, wizardWords], () => import('./new-job-page.js')),
      'NewJobPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/$jobId',
    validateSearch: askedOf,
    component: lazyRouteComponent(
      withWords([t, tabWords], () => import('./job-page.js')),
      'JobPage',
    ),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/$jobId/edit',
    beforeLoad: ({ params: { jobId } }) =>
      redirect({ to: '/jobs/$jobId/edit/$step', params: { jobId, step: 'summary' }, replace: true, throw: true }),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/jobs/$jobId/edit/$step',
    params: { parse: stepParam },
    component: lazyRouteComponent(
      withWords([t, wizardWords], () => import('./edit-job-page.js')),
      'EditJobPage',
    ),
  }),
] as const;
