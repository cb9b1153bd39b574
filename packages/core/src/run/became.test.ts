import { expect, it } from 'vitest';
import type { Item } from '../platform/index.js';
import { folderStep, item, step } from '../testing/index.js';
import { becameOf, type Became } from './became.js';

const BEGUN_AT = new Date('2026-11-21T10:00:00.000Z');
const LATER = new Date('2026-11-21T11:00:00.000Z');
const intent = (of: Parameters<typeof becameOf>[0]['step'], sha256: string | null = null) => ({
  stepId: '1',
  isOfThisRun: true,
  step: of,
  begunAt: BEGUN_AT,
  sha256,
});
const created = step('a');
const updated = step('a', { action: 'UPDATE', existing: item('a', { id: 'there', version: '7' }) });
const there = (over: Partial<Item> = {}) => item('a', { id: 'there', version: '8', ...over });

it.each<[string, Parameters<typeof becameOf>[0], Item | null, boolean, Became]>([
  ['a new file of which nothing is there', intent(created), null, true, 'NOT_DONE'],
  ['a new file with its size and time', intent(created), there(), true, 'DONE'],
  ['a new file with another size', intent(created), there({ size: 11 }), true, 'CHANGED_SINCE'],
  ['a new file with another time', intent(created), there({ modifiedAt: LATER }), true, 'CHANGED_SINCE'],
  ['a new file where times are not kept and its bytes were never read', intent(created), there(), false, 'NOT_DONE'],
  ['a new file where times are not kept and its bytes were read', intent(created, 'ab'), there(), false, 'COMPARE'],
  ['a new file with its checksum', intent(created, 'ab'), there({ sha256: 'ab' }), false, 'DONE'],
  ['a new file with another checksum', intent(created, 'ab'), there({ sha256: 'cd' }), true, 'CHANGED_SINCE'],
  ['a new file whose size is not told yet', intent(created, 'ab'), there({ size: null }), false, 'NOT_DONE'],
  ['a new file in whose place a folder stands', intent(created), there({ kind: 'FOLDER' }), true, 'CHANGED_SINCE'],
  ['a version that was to be replaced and is there', intent(updated), there({ version: '7' }), true, 'NOT_DONE'],
  ['a version that was to be replaced and is gone', intent(updated), null, true, 'CHANGED_SINCE'],
  ['a new version with size and time of the source', intent(updated), there(), true, 'DONE'],
  ['a version of somebody else', intent(updated), there({ size: 99 }), true, 'CHANGED_SINCE'],
  ['a new version where times are not kept', intent(updated, 'ab'), there(), false, 'COMPARE'],
  ['a folder that is there', intent(folderStep('a')), there({ kind: 'FOLDER' }), false, 'DONE'],
  ['a folder that is not there', intent(folderStep('a')), null, false, 'NOT_DONE'],
  ['a folder in whose place a file stands', intent(folderStep('a')), there(), false, 'CHANGED_SINCE'],
])('%s', (_, given, found, keepsTimes, became) => {
  expect(becameOf(given, found, keepsTimes)).toBe(became);
});
