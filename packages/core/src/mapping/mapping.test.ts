import { describe, expect, it } from 'vitest';
import { anItem, aRule, aSet, directories, field, from, person } from './mapping.testing.js';
import { Mapping, mappedText } from './mapping.js';
import type { Mapped } from './mapping.js';

const tags = aSet({
  kind: 'TAG',
  entries: [
    { sourceKey: 'zz', destinationKey: 'as-built' },
    { sourceKey: 'ab', destinationKey: 'as-built' },
    { sourceKey: 'civ', destinationKey: 'Civil' },
  ],
});
const people = aSet({ kind: 'ACCOUNT', entries: [{ sourceKey: 'ann', destinationKey: '42' }], exclusions: ['root'] });
const metadata = aSet({
  kind: 'METADATA',
  metadataRules: [
    aRule('number', from('n')),
    aRule('author', from('owner'), { defaultValue: 'nobody' }),
    aRule('description', from('description')),
    aRule('private', { kind: 'FIXED', value: 'Yes' }),
    aRule('versionNotes', { kind: 'TEMPLATE', template: '{modifiedAt} by {owner}' }),
  ],
});
const destination = directories({ METADATA: [field('number', 'NUMBER'), field('author')], ACCOUNT: [person('42')] });
const all = new Mapping([metadata, tags, people], directories(), destination);

describe('what an item is to have at the destination', () => {
  it('puts description, privacy and version note into their places and the rest into fields', () => {
    const item = anItem({ fields: { n: '5.0', owner: 'ann' }, tags: ['zz', 'civ', 'ab', 'odd'], description: 'Plan' });
    expect(all.map(item)).toEqual({
      fields: { number: '5', author: '42' },
      tags: ['Civil', 'as-built'],
      description: 'Plan',
      isPrivate: true,
      versionNote: '2019-03-04T05:06:07.008Z by 42',
      problems: [
        {
          reason: 'UNMAPPED',
          kind: 'TAG',
          field: null,
          value: 'odd',
          message: 'Nothing at the destination was found for the tag “odd”.',
          isFlagged: false,
        },
      ],
    });
  });

  it('reads a name without target as no value, so that defaults come in, and tells the name', () => {
    const mapped = all.map(anItem({ fields: { owner: 'eve' } }));
    expect(mapped.fields).toEqual({ author: 'nobody' });
    expect(mapped.problems).toMatchObject([{ kind: 'ACCOUNT', value: 'eve', isFlagged: false }]);
    expect(all.map(anItem({ fields: { owner: 'root' } })).problems).toEqual([]);
  });

  it('does nothing of a kind for which the job has no set', () => {
    const mapped = new Mapping([people], directories(), destination).map(anItem({ tags: ['a'], description: 'b' }));
    expect(mapped).toEqual({ fields: {}, tags: null, problems: [] });
    expect(new Mapping([metadata], directories(), destination).map(anItem({ fields: { owner: 'x' } })).fields).toEqual({
      author: 'x',
    });
  });

  it('takes no tag where the item has none, which is not the same as no set', () => {
    expect(all.map(anItem()).tags).toEqual([]);
  });

  it('tells the same one by one, for a preview', () => {
    const item = anItem({ fields: { n: 'x', owner: 'ann' }, tags: ['civ'] });
    expect(
      all
        .outcomes(item)
        .map(({ kind, sourceValue, destinationValue, match }) => [kind, sourceValue, destinationValue, match]),
    ).toEqual([
      ['ACCOUNT', 'ann', '42', 'ENTRY'],
      ['TAG', 'civ', 'Civil', 'ENTRY'],
      ['METADATA', 'x', null, 'NONE'],
      ['METADATA', '42', '42', 'ENTRY'],
      ['METADATA', null, 'true', 'ENTRY'],
      ['METADATA', '2019-03-04T05:06:07.008Z by 42', '2019-03-04T05:06:07.008Z by 42', 'ENTRY'],
    ]);
  });

  it('translates the group of an item as it does its owner', () => {
    const groups = aSet({ kind: 'GROUP', entries: [{ sourceKey: 'staff', destinationKey: 'Site team' }] });
    const rules = aSet({ kind: 'METADATA', metadataRules: [aRule('author', from('group'))] });
    const mapping = new Mapping([groups, rules], directories(), destination);
    expect(mapping.map(anItem({ fields: { group: 'staff' } })).fields).toEqual({ author: 'Site team' });
  });

  it('translates a name alone', () => {
    expect(all.translate('ACCOUNT', 'ann')?.target).toBe('42');
    expect(all.translate('GROUP', 'staff')).toBeNull();
  });

  it('needs a sentence of its own for a template that was never checked', () => {
    const broken = aSet({ kind: 'METADATA', metadataRules: [aRule('text', { kind: 'TEMPLATE', template: '{' })] });
    expect(() => new Mapping([broken], directories(), directories())).toThrow('The template for text cannot be read');
  });
});

it('names the groups that the destination does not have, by key or name', () => {
  const set = aSet({ kind: 'GROUP', unmapped: 'KEEP_NAME' });
  const there = directories({ GROUP: [field('g1', 'TEXT', { label: 'masons' })] });
  const mapping = new Mapping([set], directories(), there);
  expect(mapping.map(anItem({ fields: { group: 'divers' } })).newGroups).toEqual(['divers']);
  for (const group of ['g1', 'masons'])
    expect(mapping.map(anItem({ fields: { group } }))).not.toHaveProperty('newGroups');
});

it.each([
  ['2019-03-05T06:07:08Z', '2019-03-05T06:07:08.000Z'],
  ['2019-03-05T06:07:08+02:00', '2019-03-05T04:07:08.000Z'],
  ['2019-03-05', '2019-03-05T00:00:00.000Z'],
  ['last spring', null],
  ['2019-02-30', null],
])('a field gives a file its time back, where it is one: %s', (text, time) => {
  const set = aSet({ kind: 'METADATA', metadataRules: [aRule('modifiedAt', from('text'))] });
  const there = directories({ METADATA: [field('modifiedAt', 'DATE')] });
  const { modifiedAt, fields, problems } = new Mapping([set], directories(), there).map(anItem({ fields: { text } }));
  expect([modifiedAt?.toISOString() ?? null, fields, problems.length]).toEqual([time, {}, time === null ? 1 : 0]);
});

describe('what a listing has to tell', () => {
  it('are the fields that are read, without those of every item, and tags only for a set of tags', () => {
    expect(all.details).toEqual({
      fields: ['n', 'owner', 'author', 'createdBy', 'updatedBy', 'lockedBy'],
      tags: true,
    });
    expect(new Mapping([], directories(), directories()).details).toEqual({ fields: [], tags: false });
    const linking = aSet({ kind: 'METADATA', automaticMatches: ['ID'] });
    const source = directories({ METADATA: [field('a'), field('number'), field('path')] });
    expect(new Mapping([linking], source, destination).details.fields).toEqual(['number', 'a']);
  });
});

describe('whether two results differ', () => {
  const base: Mapped = { fields: { a: '1', b: '2' }, tags: ['t'], problems: [] };

  it('is the same for the same in another order, and whatever could not be mapped', () => {
    const problems = all.map(anItem({ tags: ['odd'] })).problems;
    expect(mappedText({ ...base, fields: { b: '2', a: '1' }, problems })).toBe(mappedText(base));
  });

  it.each([
    ['a field', { fields: { a: '1', b: '3' } }],
    ['a field less', { fields: { a: '1' } }],
    ['tags', { tags: [] }],
    ['no set of tags', { tags: null }],
    ['a description', { description: 'x' }],
    ['privacy', { isPrivate: false }],
    ['a note', { versionNote: 'x' }],
    ['a time', { modifiedAt: new Date(0) }],
  ] satisfies [string, Partial<Mapped>][])('differs by %s', (_, change) => {
    expect(mappedText({ ...base, ...change })).not.toBe(mappedText(base));
  });
});
