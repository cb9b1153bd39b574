import { readdir, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '@sluice/procore-sandbox';
import { checksums, plant } from '../support/files.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { House } from '../support/house.js';
import { addJob, addShare, follow, readItems, readRun, runToEnd } from '../support/work.js';
import { carryOutPlan, planOf, undoOf, type PlanView } from '../support/plans.js';

/** Custom fields of a document in the sandbox: “Zone”, a text, and “Issued on”, a date. */
const TEXT_FIELD = 'custom_field_41007';
const DATE_FIELD = 'custom_field_41012';

/** What the plan says of each item, and what the run did, in the same words. */
describe('types of transfer, through GraphQL', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  const share = async (name: string, files: Record<string, string> = {}) => {
    const folder = await house.folder(name);
    await plant(folder, files);
    return { folder, place: { connectionId: await addShare(house.client, folder, name) } };
  };

  /** The plan of a job, then its run; both tell the same items. */
  const carriedOut = async (jobId: string) => carriedOutAs(jobId, await planOf(house.client, jobId));

  const carriedOutAs = async (jobId: string, plan: PlanView) => {
    const run = await carryOutPlan(house.client, jobId, plan);
    const items = await readItems(house.client, run.id);
    const told = (paths: { sourcePath: string | null; destinationPath: string | null; reason: string }[]) =>
      paths.map((item) => `${item.destinationPath ?? item.sourcePath} ${item.reason}`).sort();
    expect(told(items)).toEqual(told(plan.steps.nodes));
    expect(run.statistics.itemsPlanned).toBe(
      plan.steps.nodes.filter(({ action }) => !['SKIP', 'REFUSE'].includes(action)).length,
    );
    return items.map((item) => `${item.outcome} ${item.destinationPath ?? item.sourcePath}`).sort();
  };

  it('STRUCTURE: plan, run and items tell of folders only', async () => {
    const { folder, place } = await share('tree', {
      'Plans/Level 1/a.pdf': 'a',
      'Plans/b.pdf': 'b',
      'Permits/c.pdf': 'c',
    });
    const job = await addJob(house.client, 'Folders', place, { connectionId: house.procoreId }, undefined, {
      transferType: 'STRUCTURE',
    });
    expect(await carriedOut(job)).toEqual(['CREATED /Permits', 'CREATED /Plans', 'CREATED /Plans/Level 1']);
    const tree = (await house.sandbox.control.tree(seeded.projectId)).filter(({ isDeleted }) => !isDeleted);
    expect(tree.filter(({ kind }) => kind === 'file')).toEqual([]);
    expect(tree.map(({ path }) => path)).toEqual(expect.arrayContaining(['Permits', 'Plans', 'Plans/Level 1']));
    await plant(folder, { 'Plans/Level 2/d.pdf': 'd' });
    expect(await carriedOut(job)).toEqual(['CREATED /Plans/Level 2']);

    const target = await share('target');
    const back = await addJob(house.client, 'Back', { connectionId: house.procoreId }, target.place, undefined, {
      transferType: 'STRUCTURE',
    });
    expect((await runToEnd(house.client, back)).state).toBe('SUCCEEDED');
    expect((await readdir(target.folder)).sort()).toEqual(expect.arrayContaining(['Permits', 'Plans']));
  });

  it('fields that a mapping set gives come to Procore with the file, and a changed set is applied again without a transfer', async () => {
    const { folder, place } = await share('mapped', { 'Mapped/a.pdf': 'a' });
    const set = await house.client.mutate<{ mappingSet: { id: string }; userErrors: [] }>(
      `mutation ($input: MappingSetInput!) {
        mappingSetCreate(kind: METADATA, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: PROCORE, input: $input) {
          mappingSet { id } userErrors { message field }
        }
      }`,
      {
        input: {
          name: 'Fields',
          metadataRules: [{ destinationField: DATE_FIELD, value: { sourceField: 'modifiedAt' } }],
        },
      },
    );
    const { id: setId } = set.mappingSet;
    await utimes(join(folder, 'Mapped/a.pdf'), 1_000_000_000, 1_000_000_000);
    const job = await addJob(house.client, 'Mapped', place, { connectionId: house.procoreId }, undefined, {
      mappingSetIds: [setId],
    });
    const fieldsOfFile = async () =>
      (await house.sandbox.control.tree(seeded.projectId)).find(({ path }) => path === 'Mapped/a.pdf')?.fields;
    expect(await carriedOut(job)).toEqual(['CREATED /Mapped', 'CREATED /Mapped/a.pdf']);
    expect(await fieldsOfFile()).toEqual({ 'Issued on': '2001-09-09T01:46:40.000Z' });
    expect(await carriedOut(job)).toEqual([]);

    await house.client.mutate(
      `mutation ($id: ID!, $input: MappingSetInput!) {
        mappingSetUpdate(id: $id, input: $input) { mappingSet { id } userErrors { message field } }
      }`,
      { id: setId, input: { metadataRules: [{ destinationField: TEXT_FIELD, value: { fixedValue: 'A-2' } }] } },
    );
    const reapply = async () => {
      const answer = await house.client.mutate<{ run: { id: string; trigger: string }; userErrors: [] }>(
        `mutation ($jobId: ID!) {
          mappingReapply(jobId: $jobId, idempotencyKey: "once") { run { id trigger } userErrors { message field } }
        }`,
        { jobId: job },
      );
      return answer.run;
    };
    const run = await reapply();
    expect(run.trigger).toBe('REAPPLY');
    expect((await reapply()).id).toBe(run.id);
    for await (const _event of follow(house.client, run.id));
    expect(await readRun(house.client, run.id)).toMatchObject({ state: 'SUCCEEDED', statistics: { bytesDone: 0 } });
    const items = await readItems(house.client, run.id);
    expect(items.map(({ outcome, destinationPath }) => `${outcome} ${destinationPath}`)).toContain(
      'DESCRIBED /Mapped/a.pdf',
    );
    expect(await fieldsOfFile()).toMatchObject({ Zone: 'A-2' });
  });

  it('SCAN of a project: files of equal content are read and found only if the job allows it, with readBack', async () => {
    const entries = { 'a.pdf': 'equal', 'copy of a.pdf': 'equal', 'b.pdf': 'other', 'alone.pdf': 'of another size' };
    await house.sandbox.control.seed(
      seeded.projectId,
      Object.entries(entries).map(([path, content]) => ({ path: `Scanned/${path}`, content })),
    );
    const scanned = async (readBack: boolean) => {
      const input = {
        ...{ name: `Scan ${readBack}`, transferType: 'SCAN', policies: { readBack } },
        source: { connectionId: house.procoreId, at: { path: '/Scanned' } },
      };
      const create =
        'mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id } userErrors { message field } } }';
      const { job } = await house.client.mutate<{ job: { id: string }; userErrors: [] }>(create, { input });
      const { id, state } = await runToEnd(house.client, job.id);
      expect(state).toBe('SUCCEEDED');
      const ask = `query ($id: ID!) { run(id: $id) {
        statistics { itemsDone }
        scan { fileCount isCompared duplicateGroupCount duplicates { byteSize fileCount paths } }
      } }`;
      return (await house.client.request<{ run: unknown }>(ask, { id })).run;
    };
    expect(await scanned(false)).toEqual({
      statistics: { itemsDone: 0 },
      scan: { fileCount: 4, isCompared: false, duplicateGroupCount: 0, duplicates: [] },
    });
    const paths = ['/Scanned/a.pdf', '/Scanned/copy of a.pdf'];
    expect(await scanned(true)).toEqual({
      statistics: { itemsDone: 3 },
      scan: {
        fileCount: 4,
        isCompared: true,
        duplicateGroupCount: 1,
        duplicates: [{ byteSize: 5, fileCount: 2, paths }],
      },
    });
  });

  it('MIGRATE: what came later is told as out of scope, by plan, run and items', async () => {
    const { folder, place } = await share('migration', { 'Archive/a.pdf': 'a', 'Archive/b.pdf': 'b' });
    const job = await addJob(house.client, 'Migration', place, { connectionId: house.procoreId }, undefined, {
      transferType: 'MIGRATE',
    });
    expect(await carriedOut(job)).toEqual(['CREATED /Archive', 'CREATED /Archive/a.pdf', 'CREATED /Archive/b.pdf']);
    await plant(folder, { 'Archive/late.pdf': 'late', 'Archive/a.pdf': 'a, edited' });
    expect(await carriedOut(job)).toEqual(['SKIPPED /Archive/a.pdf', 'SKIPPED /Archive/late.pdf']);
    const { files } = await contentOf(house.sandbox);
    expect(Object.keys(files).filter((path) => path.startsWith('Archive/'))).toEqual([
      'Archive/a.pdf',
      'Archive/b.pdf',
    ]);

    const target = await share('migrated');
    const back = await addJob(house.client, 'Back again', { connectionId: house.procoreId }, target.place, undefined, {
      transferType: 'MIGRATE',
    });
    expect((await runToEnd(house.client, back)).state).toBe('SUCCEEDED');
    expect((await readdir(`${target.folder}/Archive`)).sort()).toEqual(['a.pdf', 'b.pdf']);
  });

  it('an undo gives back what a run moved, replaced and created, in the recycle bin and by versions; then all is as before', async () => {
    const origin = await share('undo', { 'Undo/a.pdf': 'a', 'Undo/b.pdf': 'b' });
    const inProject = { connectionId: house.procoreId };
    const policies = { transferType: 'MOVE' };
    const job = await addJob(house.client, 'Undone', origin.place, inProject, undefined, policies);
    const run = await carryOutPlan(house.client, job, await planOf(house.client, job));
    expect(await carriedOutAs(job, await undoOf(house.client, run.id))).toEqual([
      'CREATED /Undo',
      'CREATED /Undo/a.pdf',
      'CREATED /Undo/b.pdf',
      'DELETED /Undo',
      'DELETED /Undo/a.pdf',
      'DELETED /Undo/b.pdf',
    ]);
    const live = Object.entries(await checksums(origin.folder)).filter(([path]) => !path.startsWith('.sluice-trash/'));
    expect(Object.fromEntries(live)).toEqual(checksumsOf({ 'Undo/a.pdf': 'a', 'Undo/b.pdf': 'b' }));

    const copy = await addJob(house.client, 'Copied', origin.place, inProject);
    await runToEnd(house.client, copy);
    await plant(origin.folder, { 'Undo/a.pdf': 'a, edited' });
    const edited = await carryOutPlan(house.client, copy, await planOf(house.client, copy));
    expect(await carriedOutAs(copy, await undoOf(house.client, edited.id))).toEqual(['UPDATED /Undo/a.pdf']);
    const { files } = await contentOf(house.sandbox);
    const back = Object.entries(files).filter(([path]) => path.startsWith('Undo/'));
    expect(Object.fromEntries(back)).toEqual(checksumsOf({ 'Undo/a.pdf': 'a', 'Undo/b.pdf': 'b' }));
  });

  it('PUBLISH: what is extra is named, waits for approval above the guard, and is removed with the way back', async () => {
    const origin = await share('publication', { 'Issued/a.pdf': 'a', 'Issued/b.pdf': 'b' });
    const target = await share('published', {
      'Issued/a.pdf': 'theirs',
      ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`Old/${index}.pdf`, `old ${index}`])),
    });
    const job = await addJob(house.client, 'Publication', origin.place, target.place, undefined, {
      transferType: 'PUBLISH',
    });
    const plan = await planOf(house.client, job);
    expect(plan.approvalState).toBe('PENDING');
    expect(plan.summary?.totals).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'DELETE', itemCount: 12 })]),
    );
    const told = await carriedOut(job);
    expect(told.filter((line) => !line.includes('/Old'))).toEqual([
      'ADOPTED /Issued',
      'CREATED /Issued/b.pdf',
      'UPDATED /Issued/a.pdf',
    ]);
    expect(told.filter((line) => line.startsWith('DELETED /Old')).length).toBe(12);
    const files = await checksums(target.folder);
    const live = Object.entries(files).filter(([path]) => !path.startsWith('.sluice-trash/'));
    expect(Object.fromEntries(live)).toEqual(checksumsOf({ 'Issued/a.pdf': 'a', 'Issued/b.pdf': 'b' }));
    expect(Object.values(files)).toEqual(expect.arrayContaining(Object.values(checksumsOf({ old: 'old 7' }))));
    expect(await carriedOut(job)).toEqual([]);
  });

  it('versions of a file: plan, run and items tell of all of them, and they stand in their order', async () => {
    const { control } = house.sandbox;
    const path = 'Issued/drawing.pdf';
    for (const content of ['one', 'the second', 'three']) await control.seed(seeded.projectId, [{ path, content }]);
    const at = (folder: string) => ({ connectionId: house.procoreId, path: folder });
    const job = await addJob(house.client, 'Versions', at('/Issued'), at('/Archived'));
    const plan = await planOf(house.client, job);
    expect(plan.steps.nodes.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('All its 3 versions come in their order.'),
    );
    const { id } = await carryOutPlan(house.client, job, plan);
    const document = 'query ($id: ID!) { run(id: $id) { items { nodes { outcome versionsDone } } } }';
    const { run } = await house.client.request<{ run: { items: { nodes: unknown[] } } }>(document, { id });
    expect(run.items.nodes).toEqual([{ outcome: 'CREATED', versionsDone: 3 }]);
    const texts = [1, 2, 3].map(async (number) =>
      String(await control.fileBytes('Archived/drawing.pdf', seeded.projectId, number)),
    );
    expect(await Promise.all(texts)).toEqual(['one', 'the second', 'three']);
    const idle = await runToEnd(house.client, job);
    expect(await readItems(house.client, idle.id)).toEqual([]);
  });

  it('MOVE and SYNC: plan, run and items tell what happens on which side', async () => {
    const { folder, place } = await share('both sides', { 'Site/a.pdf': 'a', 'Site/b.pdf': 'b' });
    const procore = { connectionId: house.procoreId, path: '/Both sides' };
    const sync = await addJob(house.client, 'Sync', place, procore, undefined, { transferType: 'SYNC' });
    expect(await carriedOut(sync)).toEqual([
      'CREATED /Both sides/Site',
      'CREATED /Both sides/Site/a.pdf',
      'CREATED /Both sides/Site/b.pdf',
    ]);
    await rename(`${folder}/Site/a.pdf`, `${folder}/Site/c.pdf`);
    house.sandbox.control.deleteItem('Both sides/Site/b.pdf');
    await house.sandbox.control.seed(seeded.projectId, [{ path: 'Both sides/Site/d.pdf', content: 'd' }]);
    expect(await carriedOut(sync)).toEqual([
      'CREATED /Both sides/Site/d.pdf',
      'DELETED /Both sides/Site/b.pdf',
      'RENAMED /Both sides/Site/c.pdf',
    ]);
    expect((await readdir(`${folder}/Site`)).sort()).toEqual(['c.pdf', 'd.pdf']);
    expect(await carriedOut(sync)).toEqual([]);

    const target = await share('moved');
    const move = await addJob(house.client, 'Move', procore, target.place, undefined, { transferType: 'MOVE' });
    const told = await carriedOut(move);
    for (const path of ['/Site', '/Site/c.pdf', '/Site/d.pdf']) {
      expect(told).toContain(`CREATED ${path}`);
      expect(told).toContain(`DELETED ${path}`);
    }
    expect((await readdir(`${target.folder}/Site`)).sort()).toEqual(['c.pdf', 'd.pdf']);
    expect(
      Object.keys((await contentOf(house.sandbox)).files).filter((path) => path.startsWith('Both sides/')),
    ).toEqual([]);
  });
});
