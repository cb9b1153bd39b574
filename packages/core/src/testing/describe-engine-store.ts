import { beforeEach, describe, expect, it } from 'vitest';
import { packItems, PlatformError, type Item } from '../platform/index.js';
import {
  childKey,
  expectationOf,
  inertStep,
  pathKey,
  type Inert,
  type LedgerEntry,
  type MakeFolder,
  type Step,
  type Transfer,
} from '../plan/index.js';
import type { LocationPair } from '../prove/index.js';
import type { EngineStore, StagedItem, StepOutcome } from '../run/index.js';

/** One job; each run of it has its own store. `restarted` is the store that a new process opens on the same run. */
export interface EngineStoreHarness {
  firstRun(): Promise<EngineStore>;
  nextRun(): Promise<EngineStore>;
  restarted(store: EngineStore): Promise<EngineStore>;
}

const NOW = new Date('2026-11-21T10:00:00.000Z');
const LATER = new Date('2026-11-21T10:05:00.000Z');

export function item(path: string, over: Partial<Item> = {}): Item {
  return {
    id: `id:${path}`,
    identity: null,
    kind: 'FILE',
    path: path === '' ? [] : path.split('/'),
    parentId: null,
    size: 10,
    modifiedAt: NOW,
    createdAt: null,
    version: '1',
    metaVersion: null,
    sha256: null,
    description: null,
    isPrivate: null,
    isReadOnly: false,
    lock: null,
    handle: null,
    ...over,
  };
}

/** A step that creates a file. */
export function step(key: string, over: Partial<Omit<Transfer, 'type'>> = {}): Transfer {
  const existing = over.existing ?? null;
  return {
    ...inertStep(key, item(key)),
    type: 'TRANSFER',
    action: 'CREATE',
    kind: 'FILE',
    sourceKey: key,
    destinationKey: key,
    parentKey: '',
    name: key,
    reason: 'NEW',
    message: 'The file is new.',
    source: item(key),
    existing,
    expects: existing && expectationOf(existing),
    renameExistingTo: null,
    knownSha256: null,
    byteCount: 10,
    callCount: 2,
    ...over,
  };
}

/** A step that makes a folder. */
export function folderStep(key: string, over: Partial<Omit<MakeFolder, 'type'>> = {}): MakeFolder {
  const { renameExistingTo: _rename, knownSha256: _known, ...placed } = step(key);
  const source = item(key, { kind: 'FOLDER', size: null, version: null });
  const folder = { type: 'MAKE_FOLDER', action: 'CREATE', kind: 'FOLDER', byteCount: 0 } as const;
  return { ...placed, ...folder, source, existing: null, expects: null, ...over };
}

/** A step for which nothing is carried out. */
export function settledStep(key: string, over: Partial<Omit<Inert, 'type'>> = {}): Inert {
  return { ...inertStep(key, item(key)), destinationKey: key, reason: 'NEW', message: 'The file is new.', ...over };
}

export function outcome(stepId: string, over: Partial<StepOutcome> = {}): StepOutcome {
  return {
    stepId,
    outcome: 'CREATED',
    reason: 'NEW',
    message: 'The file is new.',
    remedy: null,
    sha256: null,
    verifiedBy: 'SIZE',
    destination: null,
    ledger: null,
    attempt: { startedAt: NOW, duration: 5, reason: null, remoteStatus: null, remoteRequestId: null },
    byteCount: 10,
    ...over,
  };
}

export function ledgerEntry(key: string, over: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id: null,
    kind: 'FILE',
    sourceKey: key,
    sourceId: `id:${key}`,
    sourceVersion: '1',
    sourceMetaVersion: null,
    sourceSize: 10,
    sourceModifiedAt: NOW.getTime(),
    destinationKey: key,
    destinationId: `d:${key}`,
    destinationVersion: '7',
    destinationMetaVersion: null,
    destinationSize: 10,
    destinationModifiedAt: NOW.getTime(),
    sha256: 'ab',
    judged: null,
    ...over,
  };
}

const ROOTS = { source: 'root of the source', destination: 'root of the destination' };

/** A store that works with the ledger that was used last. */
async function working(store: EngineStore): Promise<EngineStore> {
  const [last] = await store.locationPairs();
  await store.useLedger(last?.number ?? null, ROOTS);
  return store;
}

const staged = (path: string, over: Partial<Item> = {}): StagedItem => ({
  key: pathKey(path.split('/')),
  item: item(path, over),
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of items) all.push(each);
  return all;
}

const asItIs = (name: string) => name;

/** Source folders, each with its children. */
async function groupsOf(store: EngineStore) {
  const groups = [];
  for (const folder of await collect(store.sourceFolders(asItIs)))
    groups.push({ parentKey: folder.key, items: await folder.children() });
  return groups;
}

/** The promises of `EngineStore`, as tests. */
export function describeEngineStore(name: string, makeHarness: () => Promise<EngineStoreHarness>): void {
  describe(`run store: ${name}`, () => {
    let harness: EngineStoreHarness;
    let store: EngineStore;

    beforeEach(async () => {
      harness = await makeHarness();
      store = await working(await harness.firstRun());
    });

    const planned = async (...steps: Step[]) => {
      await store.reset();
      await store.enter('PLANNING');
      await store.appendSteps(steps);
      await store.finishPlan('digest');
      await store.enter('TRANSFERRING');
    };

    it('remembers its phase across restarts', async () => {
      expect(await store.phase()).toBe('NEW');
      await store.enter('LISTING');
      expect(await (await harness.restarted(store)).phase()).toBe('LISTING');
    });

    it('gives source folders top-down with their children by name and their ledger entries', async () => {
      await planned(step('a'));
      const [claimed] = await store.claim(1);
      await store.commit([outcome(claimed!.id, { ledger: ledgerEntry('b/a') })]);
      await store.enter('DONE');
      const next = await working(await harness.nextRun());
      await next.stage('SOURCE', [
        staged('b/c/d'),
        staged('b', { kind: 'FOLDER' }),
        staged('b/c', { kind: 'FOLDER' }),
        staged('Z'),
        staged('b/a'),
      ]);
      const groups = await groupsOf(next);
      expect(groups.map(({ parentKey, items }) => [parentKey, items.map(({ key }) => key)])).toEqual([
        ['', ['Z', 'b']],
        ['b', ['b/a', 'b/c']],
        ['b/c', ['b/c/d']],
      ]);
    });

    it('gives every child of a large folder in one group, and items back as they were', async () => {
      const many = Array.from({ length: 1234 }, (_, i) => staged(`f/${String(i).padStart(5, '0')} ü.pdf`));
      const odd = staged('f/x', {
        size: null,
        modifiedAt: null,
        lock: { holder: 'Ivo', until: NOW },
        handle: 'h',
        description: 'd',
        isPrivate: true,
        sha256: 'ff',
      });
      await store.stage('SOURCE', [...many, odd]);
      const groups = await groupsOf(store);
      expect(groups).toHaveLength(1);
      expect(groups[0]!.items).toHaveLength(1235);
      expect(groups[0]!.items.at(-1)!.item).toEqual(odd.item);
    });

    it('replaces an item that is staged twice', async () => {
      await store.stage('DESTINATION', [staged('a', { size: 1 })]);
      await store.stage('DESTINATION', [staged('a', { size: 2 })]);
      expect((await store.destinationChildren('')).map(({ item }) => item.size)).toEqual([2]);
    });

    it('finds destination items by folder, key and identifier, without the root among its own children', async () => {
      await store.stage('DESTINATION', [
        { key: '', item: item('', { kind: 'FOLDER' }) },
        staged('a', { kind: 'FOLDER' }),
        staged('a/b'),
      ]);
      expect((await store.destinationChildren('')).map(({ key }) => key)).toEqual(['a']);
      expect((await store.destinationChildren('a')).map(({ key }) => key)).toEqual(['a/b']);
      expect((await store.destinationByKey('a/b'))?.item.id).toBe('id:a/b');
      expect((await store.destinationById('id:a/b'))?.key).toBe('a/b');
      expect(await store.destinationByKey('none')).toBeNull();
      expect(await store.destinationById('none')).toBeNull();
    });

    it('knows which folders could not be listed, and everything below them', async () => {
      const problem = {
        path: ['p'],
        kind: 'FOLDER' as const,
        error: new PlatformError('ACCESS_DENIED', 'No right.', { remedy: 'Ask.' }),
      };
      await store.stageProblems('DESTINATION', [{ key: 'p', problem }]);
      await store.stageProblems('SOURCE', [{ key: 'q', problem: { ...problem, path: ['q'] } }]);
      await store.stageProblems('DESTINATION', [{ key: 'h', problem: { ...problem, kind: 'PART' } }]);
      const coverage = await Promise.all(
        ['p', 'p/q/r', 'pp', 'q', 'h', 'h/i'].map((key) => store.coverage('DESTINATION', key)),
      );
      expect(coverage).toEqual(['NONE', 'NONE', 'WHOLE', 'WHOLE', 'PART', 'PART']);
      const [found] = await collect(store.sourceProblems());
      expect(found).toMatchObject({ key: 'q', problem: { kind: 'FOLDER', path: ['q'] } });
      expect(found!.problem.error).toMatchObject({ kind: 'ACCESS_DENIED', message: 'No right.', remedy: 'Ask.' });
    });

    it('knows whether there is a file below a folder', async () => {
      await store.stage('SOURCE', [
        staged('a', { kind: 'FOLDER' }),
        staged('a/b', { kind: 'FOLDER' }),
        staged('a/b/f'),
        staged('ab', { kind: 'FOLDER' }),
        staged('ab%'),
        staged('_/f'),
      ]);
      expect(await store.hasSourceFileBelow('a')).toBe(true);
      expect(await store.hasSourceFileBelow('ab')).toBe(false);
      expect(await store.hasSourceFileBelow('a_')).toBe(false);
    });

    it('forgets an interrupted planning', async () => {
      await store.stage('SOURCE', [staged('a')]);
      await store.appendSteps([step('a')]);
      await store.countUnchanged(3, 30);
      await store.reset();
      expect(await groupsOf(store)).toEqual([]);
      await store.finishPlan('x');
      expect(await store.claim(10)).toEqual([]);
    });

    it('claims pending steps in order, each once, and no inert ones', async () => {
      await planned(
        step('a'),
        settledStep('b', { action: 'SKIP' }),
        settledStep('c', { action: 'REFUSE' }),
        step('d'),
        settledStep('e', { action: 'ADOPT', existing: item('e') }),
      );
      const first = await store.claim(2);
      const second = await store.claim(2);
      expect([...first, ...second].map((claimed) => claimed.step.sourceKey)).toEqual(['a', 'd', 'e']);
      expect(first[0]).toMatchObject({ inDoubtSince: null, checkpoint: null, failedRuns: 0, attempts: 0 });
      expect(first[0]!.step).toEqual(step('a'));
    });

    it('gives steps that were in progress at a crash first, with their beginning and checkpoint', async () => {
      await planned(step('a'), step('b'), step('c'));
      const [a, b] = await store.claim(2);
      await store.begin([a!.id, b!.id], NOW);
      await store.saveCheckpoint(b!.id, 'part 2');
      await store.commit([outcome(a!.id)]);
      const restarted = await harness.restarted(store);
      const again = await restarted.claim(5);
      expect(again.map((claimed) => [claimed.step.sourceKey, claimed.inDoubtSince, claimed.checkpoint])).toEqual([
        ['b', NOW, 'part 2'],
        ['c', null, null],
      ]);
      await restarted.begin([b!.id], LATER);
      const twice = await (await harness.restarted(restarted)).claim(1);
      expect(twice[0]!.inDoubtSince).toEqual(NOW);
    });

    it('gives steps that were claimed at a crash and not begun without doubt, in their order', async () => {
      await planned(step('a'), step('b'), step('c'));
      const [, b] = await store.claim(3);
      await store.begin([b!.id], NOW);
      const again = await (await harness.restarted(store)).claim(3);
      expect(again.map((claimed) => [claimed.step.sourceKey, claimed.inDoubtSince])).toEqual([
        ['b', NOW],
        ['a', null],
        ['c', null],
      ]);
    });

    it('gives released steps again without doubt', async () => {
      await planned(step('a'));
      const [a] = await store.claim(1);
      await store.begin([a!.id], NOW);
      await store.release([a!.id]);
      expect((await store.claim(1))[0]).toMatchObject({ id: a!.id, inDoubtSince: null });
      expect((await (await harness.restarted(store)).claim(1))[0]).toMatchObject({ id: a!.id, inDoubtSince: null });
    });

    it('keeps the doubt of a step that a former process began when it is released', async () => {
      await planned(step('a'));
      const [a] = await store.claim(1);
      await store.begin([a!.id], NOW);
      const restarted = await harness.restarted(store);
      await restarted.claim(1);
      await restarted.begin([a!.id], LATER);
      await restarted.release([a!.id]);
      expect((await restarted.claim(1))[0]).toMatchObject({ id: a!.id, inDoubtSince: NOW });
    });

    it('tells what had begun and has no outcome, with the hash of what was about to stand there', async () => {
      await planned(step('a'), step('b'), step('c'), step('d'));
      const ids = (await store.claim(4)).map(({ id }) => id);
      await store.begin(ids.slice(0, 3), NOW);
      await store.noteHashes([{ stepId: ids[1]!, sha256: 'abcd' }]);
      await store.commit([outcome(ids[0]!)]);
      const restarted = await harness.restarted(store);
      const intents = await collect(restarted.openIntents());
      expect(intents.map((each) => [each.stepId, each.isOfThisRun, each.sha256])).toEqual([
        [ids[1], true, 'abcd'],
        [ids[2], true, null],
      ]);
      expect(intents[0]).toMatchObject({ begunAt: NOW, step: { sourceKey: 'b' } });
      await restarted.commit([outcome(ids[1]!, { attempt: null, ledger: ledgerEntry('b') })]);
      expect((await restarted.claim(4)).map(({ step: each }) => each.sourceKey)).toEqual(['c', 'd']);
      await restarted.release([ids[3]!]);
      expect((await collect(restarted.openIntents())).map(({ stepId }) => stepId)).toEqual([ids[2]]);
    });

    it('gives a step that was revised as it is now, also as an intent', async () => {
      await planned(step('a'), step('b'));
      const [a] = await store.claim(1);
      await store.begin([a!.id], NOW);
      const existing = item('a', { id: 'there', version: '8' });
      const revised = step('a', { action: 'UPDATE', existing, source: item('a', { version: '2', modifiedAt: LATER }) });
      await store.reviseSteps([{ stepId: a!.id, step: revised }]);
      const restarted = await harness.restarted(store);
      expect((await collect(restarted.openIntents())).map((each) => each.step)).toEqual([revised]);
      expect((await restarted.claim(2)).map((claimed) => claimed.step)).toEqual([revised, step('b')]);
    });

    it('leaves what had begun to the next run, which forgets it and remembers what was carried out', async () => {
      await planned(step('a'), step('b'));
      const [a, b] = await store.claim(2);
      await store.begin([a!.id, b!.id], NOW);
      const [own] = await store.locationPairs();
      const elsewhere = await harness.nextRun();
      await elsewhere.useLedger(null, { source: 'other', destination: null });
      expect(await collect(elsewhere.openIntents())).toEqual([]);
      const next = await harness.nextRun();
      await next.useLedger(own!.number, ROOTS);
      const open = await collect(next.openIntents());
      expect(open.map(({ stepId, isOfThisRun }) => [stepId, isOfThisRun]).sort()).toEqual(
        [
          [a!.id, false],
          [b!.id, false],
        ].sort(),
      );
      await next.forgetIntents([
        { stepId: a!.id, ledger: ledgerEntry('a') },
        { stepId: b!.id, ledger: null },
      ]);
      expect(await collect(next.openIntents())).toEqual([]);
      await next.stage('SOURCE', [staged('a'), staged('b')]);
      const [group] = await groupsOf(next);
      expect(group!.items.map(({ ledger }) => ledger && ledger.sourceId)).toEqual([ledgerEntry('a').sourceId, null]);
    });

    it('learns of moves and removals that a former run carried out when it forgets them', async () => {
      const former = await remembering(...['f', 'f/a', 'gone', 'kept'].map((key) => ledgerEntry(key)));
      await former.appendSteps([step('g'), step('gone'), step('kept')]);
      await former.finishPlan('digest');
      await former.enter('TRANSFERRING');
      const ids = (await former.claim(3)).map(({ id }) => id);
      await former.begin(ids, NOW);
      const next = await working(await harness.nextRun());
      const at = { sourceKey: 'g', destinationKey: 'g' };
      await next.forgetIntents([
        { stepId: ids[0]!, ledger: ledgerEntry('f', at), moved: { sourceKey: 'f', destinationKey: 'f' } },
        { stepId: ids[1]!, ledger: null, forgetLedger: true },
        { stepId: ids[2]!, ledger: null },
      ]);
      expect(await collect(next.openIntents())).toEqual([]);
      const places = (await collect(next.lostEntries())).map((each) => `${each.sourceKey} ${each.destinationKey}`);
      expect(places).toEqual(['kept kept', 'g/a g/a', 'g g']);
    });

    it('claims and commits more steps than fit into one statement, each once', async () => {
      const keys = Array.from({ length: 1_300 }, (_, index) => `f${String(index).padStart(4, '0')}`);
      await planned(...keys.map((key) => step(key)));
      const claimed = [...(await store.claim(700)), ...(await store.claim(700)), ...(await store.claim(700))];
      expect(claimed.map((each) => each.step.sourceKey)).toEqual(keys);
      await store.begin(
        claimed.map(({ id }) => id),
        NOW,
      );
      await store.commit(claimed.map(({ id }) => outcome(id)));
      expect(await (await harness.restarted(store)).claim(1)).toEqual([]);
    });

    it('makes a committed destination folder known to its children, and the ledger known to the next run', async () => {
      await planned(folderStep('a'));
      const [a] = await store.claim(1);
      await store.commit([
        outcome(a!.id, {
          destination: staged('a', { kind: 'FOLDER', id: 'new' }),
          ledger: ledgerEntry('a', { kind: 'FOLDER' }),
        }),
      ]);
      expect((await store.destinationByKey('a'))?.item.id).toBe('new');
      await store.enter('DONE');
      const next = await working(await harness.nextRun());
      await next.stage('SOURCE', [staged('a', { kind: 'FOLDER' })]);
      expect((await groupsOf(next))[0]!.items[0]!.ledger).toEqual(
        ledgerEntry('a', { kind: 'FOLDER', id: expect.any(String) as string }),
      );
    });

    const ledgerOf = async (run: EngineStore) =>
      (await groupsOf(run)).flatMap(({ items }) => items.map(({ ledger }) => ledger?.destinationId ?? null));

    /** The next run, whose ledger holds these entries. */
    const remembering = async (...entries: LedgerEntry[]): Promise<EngineStore> => {
      await planned(...entries.map(({ sourceKey }) => step(sourceKey)));
      const claimed = await store.claim(entries.length);
      await store.commit(claimed.map(({ id }, index) => outcome(id, { ledger: entries[index]! })));
      await store.enter('DONE');
      return working(await harness.nextRun());
    };

    it('finds ledger entries by identity wherever the item is, and by place only what is not found elsewhere', async () => {
      const next = await remembering(ledgerEntry('a'), ledgerEntry('b'), ledgerEntry('c'));
      await next.stage('SOURCE', [
        staged('a', { id: 'id:b' }),
        staged('b', { id: 'new' }),
        staged('c', { id: 'id:c' }),
      ]);
      expect(await ledgerOf(next)).toEqual(['d:b', null, 'd:c']);
      const other = await remembering(ledgerEntry('a', { id: null }));
      await other.stage('SOURCE', [staged('a', { id: 'replaced' })]);
      expect(await ledgerOf(other)).toEqual(['d:a']);
    });

    it('forgets entries of items that are gone on both sides', async () => {
      const next = await remembering(ledgerEntry('a'), ledgerEntry('b'));
      const lost = await collect(next.lostEntries());
      await next.forgetEntries(lost.flatMap(({ sourceKey, id }) => (sourceKey === 'a' ? (id ?? []) : [])));
      await next.forgetEntries([]);
      expect((await collect(next.lostEntries())).map(({ sourceKey }) => sourceKey)).toEqual(['b']);
      expect((await next.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([1]);
    });

    it('remembers which versions were read and found to differ, until the entry is replaced', async () => {
      const next = await remembering(ledgerEntry('a'), ledgerEntry('b'));
      const judged = async (run: EngineStore) => {
        const groups = await groupsOf(run);
        return groups.flatMap(({ items }) => items.map(({ ledger }) => ledger?.judged));
      };
      await next.stage('SOURCE', [staged('a'), staged('b')]);
      const [{ items } = { items: [] }] = await groupsOf(next);
      await next.judge(items[0]!.ledger!.id!, '["1","7"]');
      expect(await judged(next)).toEqual(['["1","7"]', null]);
      store = next;
      const later = await remembering(ledgerEntry('a'));
      await later.stage('SOURCE', [staged('a')]);
      expect(await judged(later)).toEqual([null]);
    });

    it('keeps one ledger entry for each item of either side, under the identifier that it has', async () => {
      let next = await remembering(ledgerEntry('a'), ledgerEntry('b'));
      await next.stage('SOURCE', [staged('a'), staged('b')]);
      const [{ items } = { items: [] }] = await groupsOf(next);
      store = next;
      const [a, b] = items.map(({ ledger }) => ledger!);
      next = await remembering({ ...a!, sourceId: 'x', destinationId: 'y' }, { ...b!, id: null, destinationId: 'y2' });
      await next.stage('SOURCE', [staged('a', { id: 'x' }), staged('b')]);
      const ledgers = (await groupsOf(next)).flatMap((group) => group.items.map(({ ledger }) => ledger));
      expect(ledgers.map((ledger) => ledger?.destinationId)).toEqual(['y', 'y2']);
      expect(ledgers[0]?.id).toBe(a!.id);
      expect((await next.locationPairs()).map(({ itemCount }) => itemCount)).toEqual([2]);
    });

    const doubtful = async (run: EngineStore, start: string | null) =>
      (await collect(run.doubtfulEntries(start)))
        .map(({ entry, replaced }) => `${entry.sourceKey}${replaced === null ? '' : ` for ${replaced}`}`)
        .sort();

    /** A run in a start of the machine, whose files have these marks: with a null between two, a mark ends. */
    async function mark(start: string, keys: readonly (string | null)[]): Promise<void> {
      await store.beginMarks(start, true);
      await planned(...keys.flatMap((key) => (key === null ? [] : [step(key)])));
      const claimed = await store.claim(keys.length);
      for (const key of keys) {
        if (key === null) await store.settleMark(store.nextMark()!);
        else await store.commit([outcome(claimed.shift()!.id, { ledger: ledgerEntry(key), replaced: `old ${key}` })]);
      }
    }

    const nextRun = async () => {
      await store.enter('DONE');
      return working(await harness.nextRun());
    };

    it('doubts what was not settled once the machine has lost its memory, and nothing while it has not', async () => {
      await mark('start 1', ['a', null, 'b', 'c']);
      const next = await nextRun();
      expect(await doubtful(next, 'start 1')).toEqual([]);
      expect(await doubtful(next, 'start 2')).toEqual(['b for old b', 'c for old c']);
      expect(await doubtful(next, null)).toEqual(['b for old b', 'c for old c']);
    });

    it('doubts what was settled by nobody, whatever process wrote it, until a settling covers it', async () => {
      await mark('start 1', ['a', null, 'b']);
      store.nextMark();
      const next = await nextRun();
      await next.beginMarks('start 1', true);
      expect(next.nextMark()).toBeNull();
      await next.appendSteps([step('c')]);
      await next.finishPlan('d');
      const [claimed] = await next.claim(1);
      await next.commit([outcome(claimed!.id, { ledger: ledgerEntry('c') })]);
      expect(await doubtful(next, 'start 2')).toEqual(['b for old b', 'c']);
      await next.settleMark(next.nextMark()!);
      expect(await doubtful(next, 'start 2')).toEqual([]);
    });

    it('takes what is there after a start of the machine for durable, and doubts no more of it', async () => {
      await mark('start 1', ['a', 'b']);
      const next = await nextRun();
      const [a, b] = await collect(next.doubtfulEntries('start 2'));
      const { id, ...left } = { ...b!.entry, sourceVersion: '', destinationVersion: 'as found' };
      await next.reviseEntries([
        { id: a!.entry.id, entry: null },
        { id, entry: { ...left, id } },
      ]);
      await next.beginMarks('start 2', false);
      expect(await doubtful(next, 'start 3')).toEqual([]);
      await next.stage(
        'SOURCE',
        ['a', 'b'].map((key) => staged(key)),
      );
      const ledgers = (await groupsOf(next)).flatMap(({ items }) => items.map(({ ledger }) => ledger));
      const known = new Map(ledgers.flatMap((ledger) => (ledger ? [[ledger.sourceKey, ledger]] : [])));
      expect([...known.keys()]).toEqual([b!.entry.sourceKey]);
      expect(known.get(b!.entry.sourceKey)).toEqual({ ...left, id });
      expect((await next.locationPairs())[0]!.itemCount).toBe(1);
    });

    it('trusts nothing that is not settled once a settling has failed', async () => {
      await mark('start 1', ['a', null, 'b']);
      await store.beginMarks(null, true);
      const next = await nextRun();
      expect(await doubtful(next, 'start 1')).toEqual(['b for old b']);
    });

    it('has a ledger for each pair of places, and the former one again when it is used again', async () => {
      const first = await remembering(ledgerEntry('a'));
      const [{ number }] = (await first.locationPairs()) as [LocationPair];
      await first.useLedger(null, { source: 'other', destination: null });
      await first.stage('SOURCE', [staged('a')]);
      expect(await ledgerOf(first)).toEqual([null]);
      const [fresh, former] = await first.locationPairs();
      expect(fresh).toMatchObject({ sourceRoot: 'other', destinationRoot: null, itemCount: 0 });
      expect(former).toMatchObject({
        number,
        sourceRoot: ROOTS.source,
        destinationRoot: ROOTS.destination,
        itemCount: 1,
      });
      await first.stage('DESTINATION', [staged('', { kind: 'FOLDER', id: 'made' })]);
      expect((await first.locationPairs())[0]?.destinationRoot).toBe('made');
      await first.useLedger(number, ROOTS);
      expect(await ledgerOf(await harness.restarted(first))).toEqual(['d:a']);
      expect((await first.locationPairs())[0]?.number).toBe(number);
    });

    it('takes the entries below a folder along when it is moved, and no others', async () => {
      store = await remembering(
        ledgerEntry('f', { kind: 'FOLDER' }),
        ledgerEntry('f/ü/a'),
        ledgerEntry('f0'),
        ledgerEntry('fa'),
      );
      await planned(step('new/g'));
      const [claimed] = await store.claim(1);
      const ledger = ledgerEntry('new/g', {
        kind: 'FOLDER',
        sourceId: 'id:f',
        destinationId: 'd:f',
        destinationKey: 'x',
      });
      await store.commit([outcome(claimed!.id, { ledger, moved: { sourceKey: 'f', destinationKey: 'f' } })]);
      await store.enter('DONE');
      const next = await working(await harness.nextRun());
      const ids = ['f', 'f/ü/a', 'f0', 'fa'].map((key) =>
        staged(`seen/${key.replaceAll('/', '-')}`, { id: `id:${key}` }),
      );
      await next.stage('SOURCE', ids);
      const [group] = await groupsOf(next);
      const places = group!.items.map(({ ledger: entry }) => `${entry?.sourceKey} ${entry?.destinationKey}`);
      expect(places.sort()).toEqual(['f0 f0', 'fa fa', 'new/g x', 'new/g/ü/a x/ü/a']);
    });

    it('leaves alone what is told after the folder that made room for it', async () => {
      store = await remembering(ledgerEntry('f', { kind: 'FOLDER' }), ledgerEntry('f/a'));
      await planned(step('f'), step('f/new'));
      const [moved, created] = await store.claim(2);
      const aside = { kind: 'FOLDER', sourceKey: 'f (moving)', destinationKey: 'f (moving)' } as const;
      const ledger = ledgerEntry('f', aside);
      await store.commit([
        outcome(moved!.id, { ledger, moved: { sourceKey: 'f', destinationKey: 'f' } }),
        outcome(created!.id, { ledger: ledgerEntry('f/new') }),
      ]);
      await store.enter('DONE');
      const next = await working(await harness.nextRun());
      await next.stage('SOURCE', [staged('a', { id: 'id:f/a' }), staged('new', { id: 'id:f/new' })]);
      const [group] = await groupsOf(next);
      const places = group!.items.map(({ ledger: entry }) => `${entry?.sourceKey} ${entry?.destinationKey}`);
      expect(places).toEqual(['f (moving)/a f (moving)/a', 'f/new f/new']);
    });

    it('tells which entries the source does not show any more, what is below first', async () => {
      const next = await remembering(
        ...['f', 'f/a', 'f/a/b', 'moved', 'kept', 'replaced', 'g'].map((key) => ledgerEntry(key)),
      );
      const problem = { path: ['f'], kind: 'FOLDER' as const, error: new PlatformError('ACCESS_DENIED', 'No.') };
      await next.stage('SOURCE', [staged('kept'), staged('x', { id: 'id:moved' }), staged('replaced', { id: 'new' })]);
      await next.stageProblems('SOURCE', [
        { key: 'f', problem },
        { key: 'z', problem: { ...problem, kind: 'FILE' } },
      ]);
      const lost = (await collect(next.lostEntries())).map(({ sourceKey }) => sourceKey);
      expect(lost).toEqual(['g', 'f/a/b', 'f/a', 'f']);
      const keys = ['f', 'f/a/b', 'g', 'f0', 'z', ''];
      const coverage = await Promise.all(keys.map((key) => next.coverage('SOURCE', key)));
      expect(coverage).toEqual(['NONE', 'NONE', 'WHOLE', 'WHOLE', 'NONE', 'WHOLE']);
    });

    it('knows what was seen in the recycle bin: the item itself, or a folder above it', async () => {
      const next = await remembering(...['f', 'f/a', 'g', 'g/b'].map((key) => ledgerEntry(key)));
      await next.stageDeleted(['id:f', 'id:f', 'id:g/b', 'id:of another item']);
      const deleted = await Promise.all(['f', 'f/a', 'g', 'g/b', 'f0'].map((key) => next.isSeenDeleted(key)));
      expect(deleted).toEqual([true, true, false, true, false]);
      await next.reset();
      expect(await next.isSeenDeleted('f')).toBe(false);
    });

    it('keeps two items at one path apart, each with its own ledger entry', async () => {
      const twins = [
        staged('x', { id: 'file' }),
        staged('x', { id: 'folder', kind: 'FOLDER' }),
        staged('x', { id: '2' }),
      ];
      const next = await remembering(
        ledgerEntry('x', { sourceId: 'former file', destinationId: 'd1' }),
        ledgerEntry('x', { sourceId: 'former folder', destinationId: 'd2', kind: 'FOLDER' }),
      );
      for (const twin of twins) await next.stage('SOURCE', [twin]);
      await next.stage('DESTINATION', twins);
      const [group] = await groupsOf(next);
      expect(group!.items.map(({ item: { id }, ledger }) => `${id} ${ledger?.destinationId}`).sort()).toEqual([
        '2 d1',
        'file d1',
        'folder d2',
      ]);
      expect((await next.destinationChildren('')).map(({ item: { id } }) => id).sort()).toEqual([
        '2',
        'file',
        'folder',
      ]);
      expect((await next.destinationByKey('x'))?.item.id).toBe('folder');
      expect((await next.destinationById('2'))?.key).toBe('x');
    });

    it('tells which folders are on both sides as the ledger knows them, so that nothing in them is looked at singly', async () => {
      const next = await remembering(
        ledgerEntry('f', { kind: 'FOLDER' }),
        ...['f/a', 'f/b', 'g', 'h/a', 'gone'].map((key) => ledgerEntry(key)),
      );
      const folder = (key: string, id: string) => staged(key, { kind: 'FOLDER', version: null, size: null, id });
      await next.stage('SOURCE', [folder('f', 'id:f'), staged('g'), staged('f/a'), staged('f/b'), staged('h/a')]);
      const there = (key: string) => staged(key, { id: `d:${key}`, version: '7' });
      await next.stage('DESTINATION', [staged('', { kind: 'FOLDER' }), folder('f', 'd:f'), there('g'), there('other')]);
      await next.stage('DESTINATION', [there('f/a'), there('f/b'), { ...there('h/a'), item: item('h/a') }]);
      const found = await collect(next.sourceFolders(asItIs));
      const facts = found.map(({ key, count, bytes, settled }) => [key, count, bytes, settled?.destinationKey]);
      expect(facts).toEqual([
        ['', 2, 10, ''],
        ['f', 2, 20, 'f'],
        ['h', 1, 10, undefined],
      ]);
      expect(found[0]!.settled!.folders).toMatchObject([{ sourceKey: 'f', destinationKey: 'f' }]);
    });

    it('takes the parts of a folder together, however they are staged', async () => {
      const next = await remembering(ledgerEntry('a'), ledgerEntry('b'));
      const part = (key: string, over: Partial<Item> = {}) => [{ key: '', items: packItems([], [item(key, over)]) }];
      await next.stageFolders('SOURCE', part('a'));
      await next.stageFolders('DESTINATION', part('a', { id: 'd:a', version: '7' }));
      await next.stageFolders('SOURCE', part('b'));
      expect((await collect(next.sourceFolders(asItIs)))[0]!.settled).toBeNull();
      await next.stageFolders('DESTINATION', part('b', { id: 'd:b', version: '7' }));
      expect(await collect(next.sourceFolders(asItIs))).toMatchObject([{ count: 2, settled: { destinationKey: '' } }]);
      await next.stageFolders('SOURCE', part('b', { version: '2' }));
      const [again] = await collect(next.sourceFolders(asItIs));
      expect(again!.settled).toBeNull();
      expect((await again!.children()).map((child) => [child.key, child.item.version])).toEqual([
        ['a', '1'],
        ['b', '2'],
      ]);
      expect((await next.destinationById('d:b'))?.key).toBe('b');
      await next.stageFolders('DESTINATION', part('c', { id: 'd:c' }));
      expect((await next.destinationById('d:c'))?.key).toBe('c');
    });

    it('tells which item of the destination may be to leave its place, because the source has it elsewhere', async () => {
      const next = await remembering(...['a', 'b', 'c', 'd'].map((key) => ledgerEntry(key)));
      await next.stage('SOURCE', [staged('b', { id: 'id:a' }), staged('c'), staged('d'), staged('c2', { id: 'id:d' })]);
      expect(await next.leaving('d:a')).toMatchObject({ key: 'b', item: { id: 'id:a' }, ledger: { sourceKey: 'a' } });
      const others = await Promise.all(['d:b', 'd:c', 'd:d', 'd:none'].map((id) => next.leaving(id)));
      expect(others).toEqual([null, null, null, null]);
    });

    it('tells whether the source still has an item at a key', async () => {
      await store.stage('SOURCE', [staged('a')]);
      expect(await store.isAtSource('a', 'id:a')).toBe(true);
      expect(await store.isAtSource('a', 'id:b')).toBe(false);
      expect(await store.isAtSource('b', 'id:a')).toBe(false);
    });

    it('knows which question it asked last, also after a restart', async () => {
      expect(await store.isAccepted('Is it right?')).toBe(false);
      const restarted = await harness.restarted(store);
      expect(await restarted.isAccepted('Is it right?')).toBe(true);
      expect(await restarted.isAccepted('And this?')).toBe(false);
      expect(await (await harness.nextRun()).isAccepted('And this?')).toBe(false);
    });

    it('forgets a ledger entry when the outcome asks for it', async () => {
      await planned(step('a'));
      const [a] = await store.claim(1);
      await store.commit([outcome(a!.id, { ledger: ledgerEntry('a'), verifiedBy: 'NONE', destination: staged('a') })]);
      await store.commit([
        outcome(a!.id, {
          outcome: 'RETRYING',
          reason: 'VERIFICATION_FAILED',
          verifiedBy: null,
          attempt: null,
          forgetLedger: true,
        }),
      ]);
      await store.enter('DONE');
      const next = await working(await harness.nextRun());
      await next.stage('SOURCE', [staged('a')]);
      expect((await groupsOf(next))[0]!.items[0]!.ledger).toBeNull();
    });

    it('counts failed runs in a row, once a run, and forgets them after a success', async () => {
      const retrying = { outcome: 'RETRYING', reason: 'NETWORK_ERROR', verifiedBy: null } as const;
      await planned(step('a'));
      const [a] = await store.claim(1);
      await store.commit([outcome(a!.id, retrying)]);
      expect(await store.requeue(2)).toBe(1);
      const [again] = await store.claim(1);
      expect(again).toMatchObject({ failedRuns: 0, attempts: 1 });
      await store.commit([outcome(again!.id, retrying)]);
      expect(await store.requeue(2)).toBe(0);
      await store.enter('DONE');
      store = await working(await harness.nextRun());
      await planned(step('a'));
      const [third] = await store.claim(1);
      expect(third).toMatchObject({ failedRuns: 1, attempts: 0 });
      await store.commit([outcome(third!.id)]);
      await store.enter('DONE');
      store = await working(await harness.nextRun());
      await planned(step('a'));
      expect((await store.claim(1))[0]).toMatchObject({ failedRuns: 0 });
    });

    it('lists what is not verified yet', async () => {
      await planned(step('a'), step('b'), folderStep('c'));
      const [a, b, c] = await store.claim(3);
      await store.commit([
        outcome(a!.id, { verifiedBy: 'NONE', destination: staged('x'), sha256: 'aa' }),
        outcome(b!.id, { destination: staged('b') }),
        outcome(c!.id, { verifiedBy: null, destination: staged('c', { kind: 'FOLDER' }), byteCount: 0 }),
      ]);
      expect(await collect(store.unverified())).toMatchObject([
        {
          stepId: a!.id,
          step: { type: 'TRANSFER', sourceKey: 'a' },
          outcome: 'CREATED',
          reason: 'NEW',
          message: 'The file is new.',
          destinationKey: 'x',
          byteCount: 10,
          sha256: 'aa',
        },
      ]);
      await store.commit([outcome(a!.id, { verifiedBy: 'SIZE', attempt: null })]);
      expect(await collect(store.unverified())).toEqual([]);
    });

    it('tells the folders that were made or written into, with both sides', async () => {
      const folder = (key: string) => staged(key, { kind: 'FOLDER', version: null });
      await store.stage('SOURCE', ['made', 'old', 'quiet', 'old/deep'].map(folder));
      await store.stage('SOURCE', [staged('made/a'), staged('old/deep/b'), staged('quiet/c'), staged('d')]);
      await store.stage('DESTINATION', [folder('old'), folder('old/deep'), folder('quiet')]);
      const adopting = (key: string) =>
        settledStep(key, { kind: 'FOLDER', action: 'ADOPT', source: item(key, { kind: 'FOLDER' }) });
      await store.appendSteps([
        folderStep('made'),
        ...['old', 'quiet', 'old/deep'].map(adopting),
        ...['d', 'made/a', 'old/deep/b', 'quiet/c'].map((key) => step(key)),
      ]);
      await store.finishPlan('x');
      const claimed = await store.claim(10);
      const written = (key: string) => ({ destination: staged(key), ledger: ledgerEntry(key) });
      const ofFolder = (key: string) => ({ destination: folder(key), ledger: ledgerEntry(key, { kind: 'FOLDER' }) });
      await store.commit(
        claimed.map(({ id, step: { sourceKey, action, kind } }) => {
          if (kind === 'FOLDER')
            return outcome(id, { ...ofFolder(sourceKey!), outcome: action === 'ADOPT' ? 'ADOPTED' : 'CREATED' });
          return outcome(id, sourceKey === 'quiet/c' ? { outcome: 'FLAGGED' } : { ...written(sourceKey!) });
        }),
      );
      const found = await collect(store.foldersWritten());
      expect([...new Set(found.map(({ source }) => source.path.join('/')))].sort()).toEqual(['made', 'old/deep']);
      for (const { source, destination } of found) expect(destination.path).toEqual(source.path);
    });

    it('takes names in any form as they are', async () => {
      const names = [
        "it's",
        'a"b',
        '100%',
        'a_b',
        '\u00dcber',
        'U\u0308ber',
        '日本',
        '🙂',
        'back\\slash',
        'new\nline',
        'CASE',
        'case',
        'with \0 in it',
      ];
      await store.stage(
        'SOURCE',
        names.map((name) => staged(`f/${name}`)),
      );
      await store.stage(
        'DESTINATION',
        names.map((name) => staged(`f/${name}`)),
      );
      const [group] = await groupsOf(store);
      expect(new Set(group!.items.map(({ item }) => item.path[1]))).toEqual(new Set(names));
      for (const name of names) expect((await store.destinationByKey(childKey('f', name)))?.item.path[1]).toBe(name);
    });

    it('takes one bad text in a batch as it can, and everything else as it is', async () => {
      const bad = 'a\0b \ud800 c';
      await planned(
        step('a'),
        step(bad, { message: bad, remedy: bad, sourceKey: bad, destinationKey: bad }),
        step('c'),
      );
      const claimed = await store.claim(3);
      await store.begin(
        claimed.map(({ id }) => id),
        NOW,
      );
      const attempt = { startedAt: NOW, duration: 5, reason: null, remoteStatus: bad, remoteRequestId: bad };
      const ledger = ledgerEntry(bad, { sourceId: bad, destinationId: bad, sourceVersion: bad });
      await store.commit(
        claimed.map(({ id, step: each }) =>
          each.sourceKey === 'a' || each.sourceKey === 'c'
            ? outcome(id)
            : outcome(id, { message: bad, remedy: bad, attempt, ledger }),
        ),
      );
      await store.log('WARNING', bad);
      expect(await (await harness.restarted(store)).claim(3)).toEqual([]);
    });

    it('appends log lines', async () => {
      await expect(store.log('WARNING', 'Look at this.')).resolves.toBeUndefined();
    });
  });
}
