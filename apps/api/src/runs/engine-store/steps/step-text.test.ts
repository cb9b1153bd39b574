import { expectationOf, type Step } from '@sluice/core/plan';
import type { Item } from '@sluice/core/platform';
import { folderStep, item, ledgerEntry, settledStep, step } from '@sluice/core/testing';
import { describe, expect, it } from 'vitest';
import { encode } from '../encoding.js';
import { itemKeyOf } from '../step-keys.js';
import { packStep, packWholeStep, unpackStep, type StepColumns } from './step-text.js';

const columnsOf = (given: Step): StepColumns => ({
  ...{ action: given.action, side: given.side, kind: given.kind, itemKey: itemKeyOf(given) },
  ...{ planReason: given.reason, planMessage: given.message, byteCount: given.byteCount, callCount: given.callCount },
  ...{ isDestructive: given.isDestructive, isRevised: given.isRevised },
});

const comeBack = (given: Step): Step => unpackStep({ ...columnsOf(given), step: packStep(given) });

/** An item as a share lists it. */
function onShare(path: string, over: Partial<Item> = {}): Item {
  return item(path, {
    id: path,
    parentId: path.slice(0, path.lastIndexOf('/')),
    identity: { value: '66306-17-1795766199959000000', strength: 'LASTING' },
    version: '4096-1795766199959000000',
    metaVersion: '1795766199959000000',
    modifiedNanoseconds: 959_000_123,
    ...over,
  });
}

const KEY = 'Structural drawings/Sheet 0000001.pdf';
const from = onShare(`from/${KEY}`);
const there = onShare(`to/${KEY}`, { isReadOnly: true });
const placed = { parentKey: 'Structural drawings', name: 'Sheet 0000001.pdf' };
const none = settledStep(KEY);
const aFile: Step = step(KEY, { source: from, ...placed });

const STEPS: Record<string, Step> = {
  'a new file of a share': aFile,
  'a new file of a platform with numbers': step(KEY, {
    source: item('x/y', { id: '5012', parentId: '77' }),
    ...placed,
  }),
  'a file under another name': step(KEY, { destinationKey: 'a_', parentKey: '', name: 'a_', isRevised: true }),
  'a file in the folder that a move brings': step(KEY, { afterMove: { existingKey: null, folderId: '7' }, ...placed }),
  'a new version': step(KEY, { action: 'UPDATE', source: from, existing: there, knownSha256: 'ab', ledgerId: '9' }),
  'a version of which another stands there': step(KEY, { existing: there, expects: { id: 'other', version: null } }),
  'a file with fields and tags': step(KEY, { source: { ...from, fields: { stage: 'Built' }, tags: ['a;b'] } }),
  'a copy beside': step(KEY, { renameExistingTo: 'Sheet (2).pdf', existing: there, expects: null, callCount: 3 }),
  'a corrupt file to replace': step(KEY, { published: expectationOf(there) }),
  'a new folder': folderStep('Structural drawings', { parentKey: '', name: 'Structural drawings' }),
  'a move': {
    ...{
      ...none,
      type: 'MOVE',
      action: 'MOVE',
      source: from,
      existing: there,
      expects: expectationOf(there),
      ...placed,
    },
    ...{ sourceKey: KEY, destinationKey: KEY, base: ledgerEntry('a'), isTemporary: true, isBroughtBack: true },
  } as unknown as Step,
  'a removal': {
    ...{ ...none, type: 'REMOVE', action: 'DELETE', sourceKey: null, source: null, isDestructive: true },
    ...{ existing: there, expects: expectationOf(there), trashedAt: 1_795_766_199_959 },
  } as unknown as Step,
  'a description': {
    ...{ ...none, type: 'DESCRIBE', action: 'DESCRIBE', source: from, existing: there, expects: expectationOf(there) },
    fields: { description: 'As built' },
  } as unknown as Step,
  'an adopted item': settledStep(KEY, {
    action: 'ADOPT',
    existing: there,
    expects: expectationOf(there),
    isNote: true,
  }),
  'a refused item': settledStep(KEY, { action: 'REFUSE', reason: 'LOCKED', remedy: 'Wait.' }),
  'an item that is left out': settledStep(KEY, { source: null, destinationKey: null }),
  'an item of neither side': settledStep(KEY, { sourceKey: null, destinationKey: null, source: null }),
  'the place of a job itself': settledStep('', { source: item('', { id: '', kind: 'FOLDER' }) }),
  'a key with the signs that stand for others': settledStep('=', {
    destinationKey: ':=',
    source: item('=', { id: '=:' }),
  }),
  'a name with a slash': settledStep(KEY, { source: item('x', { path: ['a/b', 'c'] }) }),
  'a file where a folder stands': settledStep(KEY, { existing: onShare(`to/${KEY}`, { kind: 'FOLDER', size: null }) }),
  'an item with all that a platform tells': settledStep(KEY, {
    source: item(KEY, {
      ...{ createdAt: new Date(5), sha256: 'ab', description: '', isPrivate: false, isReadOnly: true, handle: 'link' },
      lock: { holder: 'Ann', until: new Date(7) },
      identity: { value: '5012', strength: 'PERMANENT' },
    }),
  }),
  'an item of which nothing is told': settledStep(KEY, {
    source: item(KEY, { size: null, modifiedAt: null, version: null, lock: { holder: null, until: null } }),
  }),
  'a name with NUL': settledStep('a\0b', { source: item('a\0b') }),
  'a name with half a surrogate pair': settledStep('a\ud800b', { source: item('a\ud800b') }),
};

describe('the text of a step', () => {
  it.each(Object.entries(STEPS))('with its columns gives the step back: %s', (_, given) => {
    expect(comeBack(given)).toEqual(given);
  });

  it.each(Object.entries(STEPS))('as a former release wrote it is readable: %s', (_, given) => {
    expect(unpackStep({ ...columnsOf(given), step: encode(given) })).toEqual(given);
  });

  it('leaves out what the columns say', () => {
    const text = packStep(aFile);
    expect(text).not.toContain(placed.name);
    expect(text.length).toBeLessThan(packWholeStep(aFile).length / 5);
  });

  it('is the whole step where its columns may say something else', () => {
    const revised = { ...aFile, message: 'The file changed again.' };
    expect(unpackStep({ ...columnsOf(aFile), step: packWholeStep(revised) })).toEqual(revised);
  });
});
