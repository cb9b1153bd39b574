import { describe, expect, it } from 'vitest';
import type { SavedRule } from './data.js';
import { ruleInput, ruleInputs, ruleValues, withPatterns } from './rule-values.js';

const RULE: SavedRule = {
  isExclusion: true,
  globs: [],
  extensions: [],
  minBytes: null,
  maxBytes: null,
  createdFrom: null,
  createdTo: null,
  modifiedFrom: null,
  modifiedTo: null,
  minAge: null,
  maxAge: null,
  isHidden: null,
  metadataKey: null,
  metadataValue: null,
};

describe('the filters of a job in its form', () => {
  it('are lines of patterns, without blank ones', () => {
    const rules = ruleInputs({ only: 'Drawings/**\n', without: ' *.tmp \n\nThumbs.db', others: [] });
    expect(rules).toEqual([
      { isExclusion: false, globs: ['Drawings/**'] },
      { isExclusion: true, globs: ['*.tmp', 'Thumbs.db'] },
    ]);
    expect(ruleInputs({ only: '', without: ' \n', others: [] })).toEqual([]);
  });

  it('are shown as they were saved, and those that have no lines are kept', () => {
    const saved = [
      { ...RULE, minBytes: 5, modifiedFrom: '2026-01-01T00:00:00.000Z' },
      { ...RULE, globs: ['a', 'b'], __typename: 'ItemRule' },
      { ...RULE, isExclusion: false, globs: ['c'] },
      { ...RULE, globs: ['d'], extensions: ['pdf'] },
      { ...RULE, globs: ['e'] },
    ];
    const values = ruleValues(saved);
    expect([values.only, values.without]).toEqual(['c', 'a\nb']);
    expect(values.others).toEqual([saved[0]!, saved[3]!, saved[4]!].map(ruleInput));
    expect(values.others[0]).toMatchObject({
      minBytes: 5,
      created: null,
      modified: { from: '2026-01-01T00:00:00.000Z', to: null },
    });
    expect(ruleInputs(values)).toHaveLength(5);
    expect(JSON.stringify(ruleInputs(ruleValues(saved.slice(1, 4))))).not.toContain('__typename');
  });

  it('get ready-made patterns once', () => {
    expect(withPatterns('*.tmp\nold/**', ['Thumbs.db', '*.tmp'])).toBe('*.tmp\nold/**\nThumbs.db');
  });
});
