import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../apps/admin/src/', import.meta.url));

it('tells every exact instant by the one component for it, but that of figures which a lost server left', () => {
  const users = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') && readFileSync(SOURCES + name, 'utf8').includes('formatInstant'))
    .sort();
  expect(users).toEqual(['layout/server-notice.tsx', 'ui/moment.tsx']);
});
