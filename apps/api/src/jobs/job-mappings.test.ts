import { createMemoryPlatform } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import type { MappingSetRow } from '../db/row-types.js';
import { mappingIssues } from './job-mappings.js';

const setOf = (kind: MappingSetRow['kind']) => ({ kind, name: kind }) as MappingSetRow;
const sets = [setOf('ACCOUNT'), setOf('TAG'), null, setOf('METADATA')];
const { capabilities } = createMemoryPlatform();
const without = { ...capabilities, TAGS_MAP: { level: 'NONE' as const }, METADATA_MAP: { level: 'NONE' as const } };
const warned = (...given: Parameters<typeof mappingIssues>) =>
  mappingIssues(...given).map(({ field, capability }) => [field?.[1], capability]);

it('warns of each set whose values the destination has no place for', () => {
  expect(warned(sets, without)).toEqual([
    ['1', 'TAGS_MAP'],
    ['3', 'METADATA_MAP'],
  ]);
  expect(warned(sets, capabilities)).toEqual([]);
  expect(warned(sets, null)).toEqual([]);
});

it('has nothing to say of a job without sets', () => {
  expect(mappingIssues([], without)).toEqual([]);
});
