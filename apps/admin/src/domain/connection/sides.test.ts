import { expect, it } from 'vitest';
import { sideOf } from './sides.js';

it('a side is a platform by its key, and else a connection', () => {
  const platforms = [{ key: 'PROCORE' as const, displayName: 'Procore' }];
  expect(sideOf('PROCORE', { platforms })).toEqual({ platform: 'PROCORE' });
  expect(sideOf('con_1', { platforms })).toEqual({ connectionId: 'con_1' });
  expect(sideOf('con_1', { platforms: null })).toEqual({ connectionId: 'con_1' });
});
