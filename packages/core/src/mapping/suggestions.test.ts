import { describe, expect, it } from 'vitest';
import { aRule, aSet, field, from, person } from './mapping.testing.js';
import { suggestions } from './suggestions.js';

const told = (...given: Parameters<typeof suggestions>) =>
  suggestions(...given).map(({ source, destination, match }) => `${source.key} ${match} ${destination.key}`);

const destination = [
  person('u1', 'John Smith', 'john@example.com'),
  person('u2', 'Mary Jones', 'mjones@example.com'),
  person('u3', 'Peter Müller'),
  person('same', 'Somebody'),
];

describe('suggestions', () => {
  it('are found in every way, the surest first, and below 1 only where the names are merely alike', () => {
    const source = [
      person('p', 'Peter Mueller'),
      person('n', 'smith, john'),
      person('OFFICE\\mjones', 'M. J.'),
      person('e', 'Js', 'JOHN@example.com'),
      person('same', 'Other'),
      person('x', 'Nobody of these'),
    ];
    expect(told(source, destination, null)).toEqual([
      'same ID same',
      'e EMAIL u1',
      'OFFICE\\mjones USERNAME u2',
      'n FUZZY u1',
      'p FUZZY u3',
    ]);
    const confidences = suggestions(source, destination, null).map(({ confidence }) => confidence);
    expect(confidences.slice(0, 4)).toEqual([1, 1, 1, 1]);
    expect(confidences[4]).toBeGreaterThanOrEqual(0.7);
    expect(confidences[4]).toBeLessThan(1);
  });

  it('leave out what the set decides by key or by name, not what its automatic matches would find', () => {
    const source = [person('a', 'John Smith'), person('b', 'Mary Jones'), person('c', 'Peter Müller')];
    const set = aSet({
      kind: 'ACCOUNT',
      automaticMatches: ['NAME'],
      unmapped: 'KEEP_NAME',
      entries: [{ sourceKey: 'a', destinationKey: 'u9' }],
      exclusions: ['Mary Jones'],
    });
    expect(told(source, destination, set)).toEqual(['c NAME u3']);
  });

  it('leave out fields that a rule fills', () => {
    const fields = [field('trade'), field('phase')];
    const set = aSet({ kind: 'METADATA', metadataRules: [aRule('trade', from('xattr:trade'))] });
    expect(told(fields, fields, set)).toEqual(['phase ID phase']);
  });

  it('are in the order of their names where they are as sure and found in the same way', () => {
    const source = [person('same', 'B'), person('u3', 'C'), person('u1', 'A')];
    for (const given of [source, source.toReversed()])
      expect(told(given, destination, null)).toEqual(['u1 ID u1', 'same ID same', 'u3 ID u3']);
  });

  it('name nobody where two are as like', () => {
    const twins = [person('u1', 'John Smith'), person('u2', 'John Smith')];
    expect(told([person('a', 'John Smith')], twins, null)).toEqual([]);
  });
});
