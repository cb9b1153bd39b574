import { describe, expect, it } from 'vitest';
import { Mapping, type MappingSet } from '../mapping/index.js';
import { aRule, aSet, directories, field, from } from '../mapping/mapping.testing.js';
import { PlatformError, type Capabilities } from '../platform/index.js';
import type { Policies, TransferType } from '../plan/index.js';
import { Transfer } from './transfer.testing.js';

const FIELDS = [
  ...['description', 'text', 'versionNotes'].map((key) => field(key)),
  field('private', 'BOOLEAN'),
  field('number', 'NUMBER'),
  field('choice', 'CHOICE', { choices: ['Draft', 'Approved'] }),
];
const STAGE = { from: 'Built', to: 'Approved' };

const mappingOf = (...sets: MappingSet[]) =>
  new Mapping(sets, directories({ METADATA: FIELDS }), directories({ METADATA: FIELDS }));
const rules = (...metadataRules: MappingSet['metadataRules']) => aSet({ kind: 'METADATA', metadataRules });
const stage = (to = STAGE.to, more = {}) =>
  rules(aRule('choice', from('text'), { choices: [{ from: STAGE.from, to }], ...more }));
const tags = (...pairs: [string, string][]) =>
  aSet({ kind: 'TAG', entries: pairs.map(([sourceKey, destinationKey]) => ({ sourceKey, destinationKey })) });

function transfer(type: TransferType = 'COPY', policies: Partial<Policies> = {}): Transfer {
  const made = new Transfer(type, policies);
  made.source.seed([
    { path: 'plans/a.pdf', bytes: 'a' },
    { path: 'plans/b.pdf', bytes: 'b' },
  ]);
  return made;
}

function lack(platform: Transfer['destination'], ...names: (keyof Capabilities)[]): void {
  for (const name of names) Object.assign(platform.capabilities, { [name]: { level: 'NONE' } });
}

/** Without the notes of versions, which say where they came from. */
function fieldsAt({ destination }: Transfer, path: string): Record<string, string> {
  const { versionNotes: _note, ...fields } = destination.item(path)?.fields ?? {};
  return fields;
}

const bytesRead = (pair: Transfer): (() => number) => {
  let readings = 0;
  pair.source.onOperation(({ operation, moment }) => {
    if (operation === 'open' && moment === 'before') readings += 1;
  });
  return () => readings;
};

describe('what mappings make of an item comes with it', () => {
  it('of files and folders, in the request that makes them', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' }, tags: ['plan', 'pier'] });
    pair.source.edit('plans', { fields: { text: 'Built' } });
    pair.mapping = mappingOf(stage(), tags(['plan', 'drawing']));
    expect(await pair.run()).toEqual(['CREATED NEW plans', 'CREATED NEW plans/a.pdf', 'CREATED NEW plans/b.pdf']);
    expect(fieldsAt(pair, 'plans')).toEqual({ choice: 'Approved' });
    expect(pair.destination.item('plans/a.pdf')).toMatchObject({ fields: { choice: 'Approved' }, tags: ['drawing'] });
    expect(await pair.run()).toEqual([]);
  });

  it('description, privacy and note from fields and templates', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' }, description: 'of its own' });
    pair.mapping = mappingOf(
      rules(
        aRule('description', { kind: 'TEMPLATE', template: '{text} in {path}' }),
        aRule('private', { kind: 'FIXED', value: 'true' }),
        aRule('versionNotes', { kind: 'TEMPLATE', template: 'was {name}' }),
      ),
    );
    await pair.run();
    const made = pair.destination.item('plans/a.pdf');
    expect(made).toMatchObject({ description: 'Built in /plans/a.pdf', isPrivate: true });
    expect(made?.fields?.['versionNotes']).toBe('was a.pdf');
    expect(await pair.run()).toEqual([]);
    expect(pair.destination.item('plans/a.pdf')?.description).toBe('Built in /plans/a.pdf');
  });

  it('a later change of fields only is described without a transfer, once', async () => {
    const pair = transfer();
    pair.mapping = mappingOf(stage());
    await pair.run();
    const readings = bytesRead(pair);
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    expect(await pair.run()).toEqual(['DESCRIBED METADATA_CHANGED plans/a.pdf']);
    expect(fieldsAt(pair, 'plans/a.pdf')).toEqual({ choice: 'Approved' });
    expect([pair.destination.versions('plans/a.pdf'), readings()]).toEqual([1, 0]);
    expect(await pair.run()).toEqual([]);
  });

  it('with a change of the content it comes along', async () => {
    const pair = transfer();
    pair.mapping = mappingOf(stage());
    await pair.run();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    pair.source.seed([{ path: 'plans/a.pdf', bytes: 'longer' }]);
    expect(await pair.run()).toEqual(['UPDATED CONTENT_CHANGED plans/a.pdf']);
    expect(fieldsAt(pair, 'plans/a.pdf')).toEqual({ choice: 'Approved' });
    expect(await pair.run()).toEqual([]);
  });

  it('what people change at the destination stays until the source changes', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    pair.mapping = mappingOf(stage());
    await pair.run();
    pair.destination.edit('plans/a.pdf', { fields: { choice: 'Draft' } });
    expect(await pair.run()).toEqual([]);
    expect(fieldsAt(pair, 'plans/a.pdf')).toEqual({ choice: 'Draft' });
  });

  it('an equal file that is there gets what it lacks, and is adopted where it has all', async () => {
    const pair = transfer();
    for (const name of ['a', 'b']) {
      pair.destination.seed([{ path: `plans/${name}.pdf`, bytes: name }]);
      pair.source.edit(`plans/${name}.pdf`, { fields: { text: 'Built' } });
    }
    pair.destination.edit('plans/b.pdf', { fields: { choice: 'Approved' } });
    pair.mapping = mappingOf(stage());
    expect(await pair.run()).toEqual([
      'ADOPTED IDENTICAL plans',
      'DESCRIBED METADATA_CHANGED plans/a.pdf',
      'ADOPTED IDENTICAL plans/b.pdf',
    ]);
    expect(fieldsAt(pair, 'plans/a.pdf')).toEqual({ choice: 'Approved' });
    expect(await pair.run()).toEqual([]);
  });

  it('moves and renames keep what the ledger knows of it', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    pair.mapping = mappingOf(stage());
    await pair.run();
    await pair.move('source', 'plans/a.pdf', 'plans/c.pdf');
    expect(await pair.run()).toEqual(['RENAMED PLACE_CHANGED plans/c.pdf']);
    pair.destination.edit('plans/c.pdf', { fields: { choice: 'Draft' } });
    expect(await pair.run()).toEqual([]);
  });

  it('in a SYNC from the source only', async () => {
    const pair = transfer('SYNC');
    pair.destination.seed([{ path: 'other.pdf', bytes: 'o' }]);
    pair.destination.edit('other.pdf', { fields: { text: 'Built' } });
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    pair.mapping = mappingOf(stage());
    await pair.run();
    expect(fieldsAt(pair, 'plans/a.pdf')).toEqual({ choice: 'Approved' });
    expect(pair.source.item('other.pdf')?.fields).not.toHaveProperty('choice');
    expect(await pair.run()).toEqual([]);
  });
});

describe('what cannot be mapped', () => {
  it.each([
    ['UNMAPPED', stage(STAGE.to, {}), { unmapped: 'FLAG' as const }, { text: 'Sketch' }],
    ['METADATA_MISSING', stage(STAGE.to, { isRequired: true }), {}, {}],
  ])('flags the file with %s, and its folder is made', async (reason, set, more, fields) => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields });
    pair.source.edit('plans/b.pdf', { fields: { text: 'Built' } });
    pair.mapping = mappingOf({ ...set, ...more });
    expect(await pair.run()).toEqual(['CREATED NEW plans', `FLAGGED ${reason} plans/a.pdf`, 'CREATED NEW plans/b.pdf']);
    expect(pair.logged()).toContain('1 item is flagged since a value could not be mapped.');
    expect(pair.store.unmapped).toMatchObject([
      { reason, isFlagged: true, examples: expect.arrayContaining(['plans/a.pdf']) as [] },
    ]);
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    expect(await pair.run()).toEqual(['CREATED NEW plans/a.pdf']);
  });

  it('is left out and counted where the policy skips it', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Sketch' } });
    pair.mapping = mappingOf(stage());
    await pair.run();
    expect(fieldsAt(pair, 'plans/a.pdf')).toEqual({});
    expect(pair.logged()).toContain('1 item has a value that could not be mapped and is left out.');
    expect(pair.store.unmapped).toMatchObject([
      { kind: 'METADATA', field: 'choice', value: 'Sketch', itemCount: 1, isFlagged: false, examples: ['plans/a.pdf'] },
    ]);
  });
});

describe('what the destination cannot hold', () => {
  it('stays behind and is told with counts before anything is carried out', async () => {
    const pair = transfer();
    for (const name of ['a', 'b'])
      pair.source.edit(`plans/${name}.pdf`, { fields: { text: 'Built' }, tags: ['plan'], isPrivate: true });
    pair.source.edit('plans/a.pdf', { description: 'as built' });
    lack(pair.destination, 'METADATA_MAP', 'TAGS_MAP', 'PERMISSION_PRESERVATION');
    pair.mapping = mappingOf(stage(), tags(['plan', 'plan']));
    await pair.plan();
    for (const told of [
      '1 item has a description that the destination cannot hold.',
      '2 items have fields that the destination cannot hold.',
      '2 items have tags that the destination cannot hold.',
      '2 items are private at the source and the destination cannot hold that.',
    ])
      expect(pair.logged()).toContain(told);
    expect(pair.store.losses).toEqual({ DESCRIPTION: 1, FIELDS: 2, TAGS: 2, PRIVACY: 2 });
    await pair.run();
    expect(pair.destination.item('plans/a.pdf')).toMatchObject({ description: null, isPrivate: null });
    expect(pair.destination.item('plans/a.pdf')).not.toHaveProperty('tags');
  });
});

describe('a time that a mapping gives', () => {
  const there = directories({ METADATA: [field('modifiedAt', 'DATE')] });
  const times = rules(aRule('modifiedAt', from('text')));
  const timed = (type: TransferType, policies: Partial<Policies> = {}) => {
    const pair = transfer(type, policies);
    pair.source.edit('plans/a.pdf', { fields: { text: '2019-03-05T06:07:08Z' } });
    pair.mapping = new Mapping([times], directories({ METADATA: FIELDS }), there);
    return pair;
  };
  const at = ({ destination }: Transfer, path: string) => destination.item(path)?.modifiedAt?.toISOString();

  it.each([{}, { keepTimestamps: false }])(
    'is that of the file, also where the job keeps none (%j)',
    async (policies) => {
      const pair = timed('COPY', policies);
      await pair.run();
      expect(at(pair, 'plans/a.pdf')).toBe('2019-03-05T06:07:08.000Z');
      expect(at(pair, 'plans/b.pdf')).not.toBe(at(pair, 'plans/a.pdf'));
      expect(pair.told()).toHaveLength(3);
      expect(await pair.run()).toEqual([]);
    },
  );

  it.each([false, true])(
    'comes alone, without a byte, to a file that is there (applied again: %s)',
    async (isReapply) => {
      const pair = timed('COPY');
      await pair.run();
      const readings = bytesRead(pair);
      const texts = rules(aRule('modifiedAt', { kind: 'FIXED', value: '2020-02-03T04:05:06Z' }));
      pair.mapping = new Mapping([texts], directories({ METADATA: FIELDS }), there);
      pair.isReapply = isReapply;
      const all = ['plans', 'plans/a.pdf', 'plans/b.pdf'];
      expect(await pair.run()).toEqual(all.map((path) => `DESCRIBED METADATA_CHANGED ${path}`));
      expect(all.map((path) => at(pair, path))).toEqual(Array(3).fill('2020-02-03T04:05:06.000Z'));
      expect(readings()).toBe(0);
      pair.isReapply = false;
      expect(await pair.run()).toEqual([]);
      pair.source.seed([{ path: 'plans/a.pdf', bytes: 'changed' }]);
      await pair.run();
      expect(at(pair, 'plans/a.pdf')).toBe('2020-02-03T04:05:06.000Z');
    },
  );

  it.each([{}, { keepTimestamps: false }])(
    'is that of a folder, once what is in it is written (%j)',
    async (policies) => {
      const pair = timed('COPY', policies);
      pair.source.edit('plans', { fields: { text: '2018-01-02T03:04:05Z' } });
      await pair.run();
      expect(at(pair, 'plans')).toBe('2018-01-02T03:04:05.000Z');
      expect(await pair.run()).toEqual([]);
      pair.source.seed([{ path: 'plans/c.pdf', bytes: 'c' }]);
      await pair.run();
      expect(at(pair, 'plans')).toBe('2018-01-02T03:04:05.000Z');
    },
  );

  it.each([false, true])('comes to a folder that is there (applied again: %s)', async (isReapply) => {
    const pair = timed('COPY');
    await pair.run();
    pair.source.edit('plans', { fields: { text: '2017-01-02T03:04:05Z' } });
    pair.isReapply = isReapply;
    expect(await pair.run()).toEqual(['DESCRIBED METADATA_CHANGED plans']);
    expect(at(pair, 'plans')).toBe('2017-01-02T03:04:05.000Z');
    expect(await pair.run()).toEqual([]);
  });

  it('is left where the destination keeps no times', async () => {
    const pair = timed('COPY');
    lack(pair.destination, 'TIMESTAMP_PRESERVATION');
    await pair.run();
    expect(pair.store.steps().some(({ step }) => 'modifiedAt' in step)).toBe(false);
  });
});

describe('groups', () => {
  const groups = aSet({ kind: 'GROUP', entries: [{ sourceKey: 'masons', destinationKey: 'Stone' }] });
  const made = async ({ destination }: Transfer) => {
    const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a test' } as const;
    return (await destination.directory!.list({ kind: 'GROUP', search: null, limit: 9 }, call)).map((one) => one.label);
  };
  const ofMasons = (policies: Partial<Policies>) => {
    const pair = transfer('COPY', policies);
    for (const path of ['plans', 'plans/a.pdf', 'plans/b.pdf']) pair.source.edit(path, { fields: { group: 'masons' } });
    pair.mapping = mappingOf(groups);
    return pair;
  };

  it('that a mapping names are made once where the job asks for it (createGroups)', async () => {
    const pair = ofMasons({ createGroups: true });
    let asked = 0;
    pair.destination.onOperation(({ operation }) => void (asked += Number(operation === 'directory')));
    await pair.run();
    expect([asked, await made(pair)]).toEqual([1, ['Stone']]);
    const other = ofMasons({});
    await other.run();
    expect(await made(other)).toEqual([]);
  });

  it.each([false, true])(
    'that the job may make later come with one step, and no item is touched (applied again: %s)',
    async (isReapply) => {
      const policies: Partial<Policies> = {};
      const pair = ofMasons(policies);
      await pair.run();
      expect(await pair.run()).toEqual([]);
      policies.createGroups = true;
      pair.isReapply = isReapply;
      expect(await pair.run()).toEqual(['DESCRIBED METADATA_CHANGED plans']);
      expect([pair.store.steps()[0]!.step.message, await made(pair)]).toEqual([
        'Groups that its mappings name are made; the item stays as it is.',
        ['Stone'],
      ]);
      pair.mapping = new Mapping([groups], directories({}), directories({ GROUP: [field('Stone')] }));
      expect(await pair.run()).toEqual([]);
    },
  );

  it('that another mapping names are made too, by what nobody else holds', async () => {
    const pair = ofMasons({ createGroups: true });
    await pair.run();
    pair.mapping = mappingOf(aSet({ kind: 'GROUP', entries: [{ sourceKey: 'masons', destinationKey: 'Rock' }] }));
    pair.destination.edit('plans/a.pdf', { lock: { holder: 'Ann', until: null } });
    pair.source.edit('plans', { fields: {} });
    expect(await pair.run()).toEqual(['DESCRIBED METADATA_CHANGED plans/b.pdf']);
    expect(await made(pair)).toEqual(['Stone', 'Rock']);
  });

  it('that cannot be made are told once, and the items come', async () => {
    const pair = ofMasons({ createGroups: true });
    pair.destination.failNext('directory', new PlatformError('ACCESS_DENIED', 'No right to do so.'));
    expect(await pair.run()).toHaveLength(3);
    expect(pair.logged()).toBe('The group “Stone” could not be made: No right to do so.');
  });
});

describe('privacy', () => {
  it('travels where the job keeps it, and follows when it changes', async () => {
    const pair = transfer('COPY', { permissions: 'PRIVACY_FLAG' });
    pair.source.edit('plans', { isPrivate: true });
    pair.source.edit('plans/a.pdf', { isPrivate: true });
    pair.source.edit('plans/b.pdf', { isPrivate: false });
    await pair.run();
    const privacy = () => ['plans', 'plans/a.pdf', 'plans/b.pdf'].map((path) => pair.destination.item(path)?.isPrivate);
    expect(privacy()).toEqual([true, true, false]);
    expect(await pair.run()).toEqual([]);
    pair.source.edit('plans/b.pdf', { isPrivate: true });
    expect(await pair.run()).toEqual(['DESCRIBED METADATA_CHANGED plans/b.pdf']);
    expect(privacy()).toEqual([true, true, true]);
    expect(pair.logged()).not.toContain('private');
  });

  it('comes with what a SYNC makes on either side; of what both have, the source tells it', async () => {
    const pair = transfer('SYNC', { permissions: 'PRIVACY_FLAG' });
    pair.destination.seed([{ path: 'other.pdf', bytes: 'o' }]);
    pair.destination.edit('other.pdf', { isPrivate: true });
    await pair.run();
    expect(pair.source.item('other.pdf')?.isPrivate).toBe(true);
    pair.source.edit('other.pdf', { isPrivate: false });
    pair.destination.edit('plans/a.pdf', { isPrivate: true });
    await pair.run();
    expect(pair.destination.item('other.pdf')?.isPrivate).toBe(false);
    expect(pair.source.item('plans/a.pdf')?.isPrivate).toBeNull();
    expect(await pair.run()).toEqual([]);
  });

  it('of a file that is there and private is not opened on first contact', async () => {
    const pair = transfer('COPY', { permissions: 'PRIVACY_FLAG' });
    pair.source.edit('plans/a.pdf', { isPrivate: false });
    pair.destination.seed([{ path: 'plans/a.pdf', bytes: 'a' }]);
    pair.destination.edit('plans/a.pdf', { isPrivate: true });
    await pair.run();
    expect(pair.destination.item('plans/a.pdf')?.isPrivate).toBe(true);
  });

  it('is told where the job leaves it', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { isPrivate: true });
    await pair.run();
    expect(pair.destination.item('plans/a.pdf')?.isPrivate).toBeNull();
    expect(pair.logged()).toContain('1 item is private at the source and the job does not keep that.');
  });
});

describe('a changed mapping is applied again', () => {
  it('to the items whose result differs, without reading or writing a byte', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    pair.mapping = mappingOf(stage());
    await pair.run();
    pair.source.seed([
      { path: 'plans/b.pdf', bytes: 'changed' },
      { path: 'new.pdf', bytes: 'n' },
    ]);
    const readings = bytesRead(pair);
    const described: string[] = [];
    pair.destination.onOperation(({ operation, path, moment }) => {
      if (moment === 'before' && !['list', 'find'].includes(operation))
        described.push(`${operation} ${path.join('/')}`);
    });
    pair.mapping = mappingOf(stage('Draft'));
    pair.isReapply = true;
    expect(await pair.run()).toEqual(['DESCRIBED METADATA_CHANGED plans/a.pdf']);
    expect([described, readings()]).toEqual([['describe plans/a.pdf'], 0]);
    expect(fieldsAt(pair, 'plans/a.pdf')).toEqual({ choice: 'Draft' });
    expect(await pair.run()).toEqual([]);
  });

  it('tags that an item was given are not set again where something else of it differs, and others are', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' }, tags: ['plan'] });
    pair.mapping = mappingOf(stage(), tags(['plan', 'drawing']));
    await pair.run();
    const described: unknown[] = [];
    const describe = pair.destination.destination!.describe!.bind(pair.destination.destination);
    pair.destination.destination!.describe = (item, fields, call) => {
      described.push(fields);
      return describe(item, fields, call);
    };
    const again = async (...sets: MappingSet[]) => {
      pair.mapping = mappingOf(...sets);
      pair.isReapply = true;
      await pair.run();
      return described.splice(0);
    };
    pair.destination.edit('plans/a.pdf', { tags: [] });
    expect(await again(stage('Draft'), tags(['plan', 'drawing']))).toEqual([{ fields: { choice: 'Draft' } }]);
    const both = tags(['plan', 'sketch']);
    expect(await again(stage('Draft'), both)).toMatchObject([{ tags: ['sketch'] }]);
    pair.isReapply = false;
    pair.source.edit('plans/a.pdf', { fields: { text: 'Approved' } });
    pair.source.seed([{ path: 'plans/a.pdf', bytes: 'longer' }]);
    await pair.run();
    expect(pair.destination.item('plans/a.pdf')).toMatchObject({ tags: ['sketch'] });
  });

  it('comes with a file that is made beside one that keeps its content, as with every new one', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' }, tags: ['plan'] });
    pair.mapping = mappingOf(stage(), tags(['plan', 'drawing']));
    await pair.run();
    pair.destination.seed([{ path: 'plans/a.pdf', bytes: 'edited there' }]);
    pair.source.seed([{ path: 'plans/a.pdf', bytes: 'edited here, later' }]);
    await pair.run();
    expect(pair.destination.item('plans/a.pdf')).toMatchObject({ fields: { choice: 'Approved' }, tags: ['drawing'] });
  });

  it('and flags what it cannot map any more', async () => {
    const pair = transfer();
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' } });
    pair.mapping = mappingOf(stage());
    await pair.run();
    pair.mapping = mappingOf({ ...stage('Unknown'), unmapped: 'FLAG' }, tags(['plan', 'plan']));
    pair.source.edit('plans/a.pdf', { fields: { text: 'Built' }, tags: ['plan'] });
    pair.isReapply = true;
    expect(await pair.run()).toEqual(['FLAGGED UNMAPPED plans/a.pdf']);
  });
});
