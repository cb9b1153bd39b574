import { expect } from 'vitest';
import { DIRECTORY_KINDS, FIELD_TYPES } from '../../platform/index.js';
import type { Directory, DirectoryKind } from '../../platform/index.js';
import type { Bench, Promises } from './bench.js';
import { failureOf } from './bytes.js';

const MOST = 500;

function directoryOf(bench: Bench): Directory {
  if (!bench.platform.directory) throw new Error('The platform has no directory.');
  return bench.platform.directory;
}

const listed = (bench: Bench, kind: DirectoryKind, search: string | null = null, limit = MOST) =>
  directoryOf(bench).list({ kind, search, limit }, bench.call());

export function directoryPromises(promise: Promises): void {
  promise('names everything once, and fields with their types', ['directory'], async (bench) => {
    for (const kind of DIRECTORY_KINDS) {
      const entries = await listed(bench, kind);
      expect(new Set(entries.map(({ key }) => key)).size, kind).toBe(entries.length);
      for (const { key, type, choices } of entries) {
        expect(choices.length, key).toBeLessThanOrEqual(500);
        if (kind === 'METADATA') expect(FIELD_TYPES, key).toContain(type);
        else expect(type, key).toBeUndefined();
      }
    }
  });

  promise('names the fields that it is tried with', ['directory', 'fields'], async (bench) => {
    const keys = (await listed(bench, 'METADATA')).map(({ key }) => key);
    // A key with a colon is named by whoever uses it.
    const tried = Object.keys(bench.harness.samples?.fields ?? {}).filter((key) => !key.includes(':'));
    expect(keys).toEqual(expect.arrayContaining(tried));
  });

  promise('names what belongs to every item', ['directory', 'descriptions'], async (bench) => {
    const keys = (await listed(bench, 'METADATA')).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['description', 'private']));
  });

  promise('finds names by a part in any case, and tells no more than asked for', ['directory'], async (bench) => {
    const all = await listed(bench, 'METADATA');
    if (all.length === 0) return;
    const { key, label } = all[0]!;
    const found = await listed(bench, 'METADATA', label.slice(0, 4).toUpperCase());
    expect(found.map((entry) => entry.key)).toContain(key);
    expect(await listed(bench, 'METADATA', null, 1)).toHaveLength(1);
    expect(await listed(bench, 'METADATA', 'no field is called so')).toEqual([]);
  });

  promise('makes a group once', ['groups'], async (bench) => {
    const directory = directoryOf(bench);
    const made = await directory.ensureGroup!('Sluice suite', bench.call());
    expect(made).toMatchObject({ label: 'Sluice suite' });
    expect(await directory.ensureGroup!('Sluice suite', bench.call())).toEqual(made);
    const groups = await listed(bench, 'GROUP', 'Sluice suite');
    expect(groups.map(({ key }) => key)).toEqual([made.key]);
  });

  promise('tells nothing to an aborted call', ['directory'], async (bench) => {
    const call = bench.call({ signal: AbortSignal.abort() });
    const work = directoryOf(bench).list({ kind: 'METADATA', search: null, limit: MOST }, call);
    expect((await failureOf(work)).kind).toBe('ABORTED');
  });
}
