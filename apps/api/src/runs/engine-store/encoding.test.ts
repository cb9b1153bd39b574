import { describe, expect, it } from 'vitest';
import type { Step } from '@sluice/core/plan';
import { folderStep, item, settledStep, step } from '@sluice/core/testing';
import { decodeStep, encode } from './encoding.js';

/** The text of a step as it was stored before steps had types. */
function formerText(given: Step): string {
  const { parentKey, name, ...decided } = given as Step & { parentKey?: string; name?: string };
  const { type: _type, expects: _expects, ledgerId: _ledgerId, ...rest } = decided;
  const none = { renameExistingTo: null, knownSha256: null };
  const placed = { destinationParentKey: parentKey ?? null, destinationName: name ?? null };
  return JSON.stringify({ ...none, ...rest, ...placed });
}

const STEPS: Record<string, Step> = {
  'a new file': step('f/a', { parentKey: 'f', name: 'a' }),
  'a new version': step('a', { action: 'UPDATE', existing: item('a', { id: 'there' }), knownSha256: 'ab' }),
  'a new folder': folderStep('f'),
  'an adopted item': settledStep('a', { action: 'ADOPT', existing: item('a'), expects: { id: 'id:a', version: '1' } }),
  'a refused item': settledStep('a', { action: 'REFUSE', reason: 'LOCKED', remedy: 'Wait.' }),
  'an item that is left out': settledStep('a', { source: null }),
};

describe('stored steps', () => {
  it.each(Object.entries(STEPS))('%s comes back as it was', (_, given) => {
    expect(decodeStep(encode(given))).toEqual(given);
  });

  it.each(Object.entries(STEPS))('%s of a plan from before steps had types is readable', (_, given) => {
    expect(decodeStep(formerText(given))).toEqual(given);
  });
});
