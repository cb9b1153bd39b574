import { IconKey } from '@tabler/icons-react';
import { expect, it } from 'vitest';
import { placesOf, type Section } from './navigation.js';

const routeTo = (fullPath: string, section?: Section) => ({
  fullPath,
  options: section ? { staticData: { navigation: { section, name: 'jobs' as const, icon: IconKey } } } : {},
});

it('shows the entries of the routes by section, and no section without one', () => {
  const groups = placesOf([
    routeTo('/tokens', 'system'),
    routeTo('/', 'work'),
    routeTo('/jobs/$jobId'),
    routeTo('/jobs', 'work'),
  ]);
  expect(groups.map(({ section, places }) => [section, ...places.map(({ to }) => to)])).toEqual([
    ['work', '/', '/jobs'],
    ['system', '/tokens'],
  ]);
});
