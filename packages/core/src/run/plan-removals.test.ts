import { describe, expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import { item, ledgerEntry, quietRun } from '../testing/index.js';
import { folderEntry, folderThere, there, unlisted } from './listed.testing.js';
import { MovedPlaces } from './moved-places.js';
import { AT, planned } from './removals.testing.js';

const a = { ledger: [ledgerEntry('a', { id: 'entry a' })], destination: [there('a')] };
const hidden = { problems: { SOURCE: [unlisted('f')] } };

describe('what is gone at the source', () => {
  it('is removed at the destination, to the trash of the plan', async () => {
    const { steps, logged } = await planned(a);
    expect(steps).toMatchObject([
      {
        ...{
          type: 'REMOVE',
          sourceKey: 'a',
          destinationKey: 'a',
          ledgerId: 'entry a',
          reason: 'DELETED_ON_OTHER_SIDE',
        },
        message:
          'It was deleted at the source. It goes to the recycle bin of the destination, from where it can be restored.',
        ...{ existing: there('a'), trashedAt: AT.getTime() },
      },
    ]);
    expect(steps[0]).not.toHaveProperty('afterMove');
    expect(logged).toEqual([]);
  });

  it('stays where the job does not mirror deletions, and nothing is said', async () => {
    expect(await planned(a, { isMirror: false })).toMatchObject({ told: [], logged: [], ledger: ['id:a'] });
  });

  it('is looked for only within a plan of everything', async () => {
    expect(await planned(a, { only: ['a'] })).toMatchObject({ told: [], logged: [] });
    expect(await planned({ ledger: a.ledger }, { only: ['a'] })).toMatchObject({ ledger: ['id:a'] });
  });

  it.each(['COPY', 'PUBLISH'] as const)('is forgotten where it is gone on both sides, in a %s', async (type) => {
    expect(await planned({ ledger: a.ledger }, { type, isMirror: false })).toMatchObject({ told: [], ledger: [] });
  });

  it('is not looked for where nothing went and nothing is mirrored', async () => {
    const given = { isMirror: false, plan: { remembered: 1, settledItems: 1 } };
    expect(await planned({ ledger: a.ledger }, given)).toMatchObject({ ledger: ['id:a'] });
    expect(await planned({ ledger: a.ledger }, { plan: given.plan })).toMatchObject({ ledger: [] });
  });

  it('is forgotten all the same where it is very much', async () => {
    const ledger = Array.from({ length: 801 }, (_, n) => ledgerEntry(`gone ${n}`));
    expect((await planned({ ledger })).ledger).toEqual([]);
  });

  it('is found by steps where moves before take it', async () => {
    const places = new MovedPlaces();
    places.note('a', 'b', 'FILE');
    const { steps } = await planned(a, { plan: { places } });
    expect(steps).toMatchObject([{ destinationKey: 'b', afterMove: { existingKey: 'b', folderId: null } }]);
  });

  it('ends its planning where the run is stopped', async () => {
    const abort = new AbortController();
    abort.abort(new Error('Stopped.'));
    await expect(planned(a, quietRun(abort.signal))).rejects.toThrow('Stopped.');
  });
});

describe('what is gone at the source is left at the destination', () => {
  const edited = there('a', { version: '8', size: 11 });
  const moved = there('b', { id: 'd:a' });

  it.each([
    [
      'where it was edited there',
      edited,
      'It was deleted at the source, and edited at the destination: it is left as it is.',
    ],
    [
      'where people moved it there',
      moved,
      'It was deleted at the source, and people of the destination moved it or a folder above it: it is left where it is.',
    ],
  ])('%s', async (_, one, message) => {
    const { steps } = await planned({ ...a, destination: [one] });
    expect(steps).toMatchObject([
      {
        ...{ type: 'INERT', action: 'SKIP', kind: 'FILE', sourceKey: 'a', destinationKey: one.path.join('/') },
        ...{ ledgerId: 'entry a', reason: 'EDITED_AT_DESTINATION', message },
      },
    ]);
  });

  it('but not where the job makes the destination exactly the source', async () => {
    for (const one of [edited, moved]) {
      const { told } = await planned({ ...a, destination: [one] }, { type: 'PUBLISH' });
      expect(told).toEqual([`REMOVE ${one.path.join('/')}`]);
    }
  });

  it('but not where it came along with a folder that is followed', async () => {
    const followed = new MovedPlaces();
    followed.note('a', 'b', 'FILE');
    expect((await planned({ ...a, destination: [moved] }, { plan: { followed } })).told).toEqual(['REMOVE b']);
  });

  it('where others hold it', async () => {
    const held = there('a', { lock: { holder: 'Anna', until: null } });
    expect((await planned({ ...a, destination: [held] })).told).toEqual(['REFUSE a']);
  });

  it('where it is made again at the source, or is taken for another item of it', async () => {
    expect((await planned(a, { plan: { surviving: new Set(['a']) } })).told).toEqual([]);
    expect((await planned(a, { plan: { claims: { has: ({ key }) => key === 'a' } } })).told).toEqual([]);
  });

  it('where nothing proves that it is gone, which is told', async () => {
    const listed = {
      ...hidden,
      ledger: [ledgerEntry('f/a'), ledgerEntry('f/b')],
      destination: [there('f/a'), there('f/b')],
    };
    const told =
      'WARNING 2 items are not seen at the source any more, and nothing proves that they were deleted; they are left at the destination.';
    expect(await planned(listed)).toMatchObject({ told: [], logged: [told] });
    expect(await planned(listed, { isMirror: false })).toMatchObject({ told: [], logged: [] });
  });

  it('where the filters leave it out by now, which is told', async () => {
    const rules = [{ ...NO_CONDITION, isExclusion: true, globs: ['a'] }];
    const told =
      'INFO 1 items that were copied before are left out by the filters of the job now; they are left at the destination.';
    expect(await planned(a, { rules })).toMatchObject({ told: [], logged: [told] });
    expect(await planned({ ledger: a.ledger }, { rules, isMirror: false })).toMatchObject({
      ledger: ['id:a'],
      logged: [],
    });
  });
});

describe('a folder that is gone at the source', () => {
  const f = { ledger: [folderEntry('f'), ledgerEntry('f/a')], destination: [folderThere('f'), there('f/a')] };
  const more = { ...f, destination: [...f.destination, there('f/theirs', { id: 'theirs' })] };

  it('is removed after all that is in it', async () => {
    expect((await planned(f)).told).toEqual(['REMOVE f/a', 'REMOVE f']);
  });

  it('is left where it holds more than is removed', async () => {
    const { told, steps } = await planned(more);
    expect(told).toEqual(['REMOVE f/a', 'SKIP f']);
    expect(steps[1]).toMatchObject({
      kind: 'FOLDER',
      message: 'It was deleted at the source, and holds more at the destination than is removed: it is left as it is.',
    });
  });

  it('goes with what only the destination has in it, where that is exactly the source', async () => {
    const told = ['REMOVE f/a', 'REMOVE f/theirs', 'REMOVE f'];
    expect((await planned(more, { type: 'PUBLISH' })).told).toEqual(told);
  });
});

describe('a former content that came as a file of its own', () => {
  const entry = ledgerEntry('a (v1)', { sourceId: 'id:a@v1', sourceVersion: 'version 1' });
  const listed = { ledger: [entry], destination: [there('a (v1)')] };

  it('stays while its file is there, and goes with it', async () => {
    expect((await planned({ ...listed, source: [item('a')] })).told).toEqual([]);
    expect((await planned(listed)).told).toEqual(['REMOVE a (v1)']);
  });
});
