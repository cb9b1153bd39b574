import { entryProblems, problemsOfSet, type MappingEntry, type MappingSet } from '@sluice/core/mapping';
import type { AutomaticMatch } from '@sluice/core/mapping';
import type { DirectoryKind, PlatformKind } from '@sluice/core/platform';
import type { Idempotency } from '../access/idempotency.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { requireCaller, type Context } from '../graphql/context.js';
import { newId } from '../graphql/ids.js';
import { notFound, Problems, Refusal, requireVersion } from '../problems.js';
import { checkText, nameKeyOf, tidy } from '../text.js';
import { EntryStore } from './entry.store.js';
import { MappingStore } from './mapping.store.js';
import type { MappingSetRow } from '../db/row-types.js';
import type { MappingSetInput } from './mapping.types.js';
import { ruleOf } from './rule-view.js';

/** Sets that there are at most. */
export const MAX_MAPPING_SETS = 500;
/** Entries of one set. */
export const MAX_ENTRIES = 50_000;
const MAX_NAME_CHARACTERS = 200;

export interface NewMappingSet {
  kind: DirectoryKind;
  sourcePlatform: PlatformKind;
  destinationPlatform: PlatformKind;
  input: MappingSetInput;
}

type Settings = Pick<MappingSetRow, 'automaticMatches' | 'exclusions' | 'unmapped' | 'defaultTarget' | 'metadataRules'>;

/**
 * Mapping sets as people make and change them. What a set does to an item is decided by `core/mapping`; which jobs use it is the
 * matter of `jobs/`, which is told here by `users`.
 */
export class MappingService {
  /** Functions that tell whether a set is in use; each domain that uses sets adds one. */
  readonly users: ((tx: Transaction, setId: string) => Promise<boolean>)[] = [];
  readonly store: MappingStore;
  readonly entries: EntryStore;

  constructor(
    private readonly base: Pick<Base, 'db' | 'clock' | 'changes'>,
    private readonly idempotency: Idempotency,
  ) {
    this.store = new MappingStore(base);
    this.entries = new EntryStore(base.db);
  }

  byIds(ids: readonly string[]): Promise<(MappingSetRow | null)[]> {
    return this.store.byIds(ids);
  }

  /** All sets, or those of some kinds. */
  list(kinds: readonly DirectoryKind[] | null): Promise<MappingSetRow[]> {
    return this.store.list(kinds, MAX_MAPPING_SETS);
  }

  create(made: NewMappingSet, key: string | null | undefined, context: Context): Promise<MappingSetRow> {
    const request = { mutation: 'mappingSetCreate', key, argument: made };
    return this.idempotency.once(context, request, async () => {
      const row = this.newRow(made, requireCaller(context).actorId);
      const problems = new Problems();
      checkName(row.name, problems);
      checkSet(row, problems);
      return async (tx) => {
        await this.checkTaken(tx, row, problems);
        problems.refuseIfAny();
        if ((await this.store.count(tx)) >= MAX_MAPPING_SETS) throw tooMany();
        await this.store.insert(tx, row);
        return row;
      };
    });
  }

  /** Changes what is given; lists are replaced as a whole. */
  update(
    id: string,
    input: MappingSetInput,
    expectedVersion: number | null | undefined,
    context: Context,
  ): Promise<MappingSetRow> {
    return this.change(id, 'id', context, async (tx, row) => {
      requireVersion(row, expectedVersion);
      const name = typeof input.name === 'string' ? namedBy(input.name) : {};
      const changed = { ...row, ...name, ...settingsBy(input, row) };
      const problems = new Problems();
      checkName(changed.name, problems);
      checkSet(changed, problems);
      await this.checkTaken(tx, changed, problems);
      problems.refuseIfAny();
      return changed;
    });
  }

  async delete(id: string, expectedVersion: number | null | undefined): Promise<string> {
    return this.base.db.transact(async (tx) => {
      const row = await this.store.lock(tx, id);
      if (row === null) throw notFound('mapping set');
      requireVersion(row, expectedVersion);
      for (const isUsed of this.users) if (await isUsed(tx, id)) throw inUse();
      await this.store.delete(tx, id);
      return id;
    });
  }

  upsertEntries(
    setId: string,
    entries: readonly MappingEntry[],
    expectedVersion: number | null | undefined,
    context: Context,
  ): Promise<MappingSetRow> {
    return this.change(setId, 'mappingSetId', context, async (tx, row) => {
      requireVersion(row, expectedVersion);
      const problems = new Problems();
      if (row.kind === 'METADATA') problems.add('INVALID', ['mappingSetId'], 'A set of metadata has rules instead.');
      checkEntries(entries, problems);
      problems.refuseIfAny();
      await this.entries.upsert(tx, setId, entries);
      await this.requireRoom(tx, setId);
      return {};
    });
  }

  deleteEntries(
    setId: string,
    ids: readonly string[],
    expectedVersion: number | null | undefined,
    context: Context,
  ): Promise<MappingSetRow> {
    return this.change(setId, 'mappingSetId', context, async (tx, row) => {
      requireVersion(row, expectedVersion);
      const found = new Set(
        (await this.entries.byIds(ids, tx)).filter((row) => row.setId === setId).map(({ id }) => id),
      );
      const problems = new Problems();
      ids.forEach((id, index) => {
        if (!found.has(id)) problems.add('NOT_FOUND', ['ids', index], 'The set has no such entry.');
      });
      problems.refuseIfAny();
      await this.entries.deleteByIds(tx, setId, ids);
      return {};
    });
  }

  /** Changes a set under its lock; `argument` is the name of the argument that holds its identifier. */
  change(
    id: string,
    argument: string,
    context: Context,
    decide: (tx: Transaction, row: MappingSetRow) => Promise<Partial<MappingSetRow>>,
  ): Promise<MappingSetRow> {
    const updatedById = requireCaller(context).actorId;
    return this.base.db.transact(async (tx) => {
      const row = await this.store.lock(tx, id);
      if (row === null) throw notFound('mapping set', argument);
      const fields = await decide(tx, row);
      const updatedAt = new Date(this.base.clock.now());
      const changed = { ...row, ...fields, version: row.version + 1, updatedAt, updatedById };
      await this.store.update(tx, id, changed);
      return changed;
    });
  }

  /** Throws LIMIT_EXCEEDED when a set has too many entries. */
  async requireRoom(tx: Transaction, setId: string): Promise<void> {
    if ((await this.entries.count(setId, null, tx)) <= MAX_ENTRIES) return;
    throw new Refusal({ code: 'LIMIT_EXCEEDED', message: `A set has at most ${MAX_ENTRIES} entries.` });
  }

  /** Sets with all of their entries, as `core/mapping` reads them; those that do not exist are left out. */
  async complete(ids: readonly string[]): Promise<MappingSet[]> {
    const rows = (await this.store.byIds(ids)).filter((row) => row !== null);
    const entries = await this.entries.all(rows.map(({ id }) => id));
    return rows.map((row) => ({ ...row, entries: entries.get(row.id) ?? [] }));
  }

  private async checkTaken(tx: Transaction, { id, name, nameKey }: MappingSetRow, problems: Problems): Promise<void> {
    const taken = await this.store.idOfName(tx, nameKey);
    if (taken === null || taken === id) return;
    problems.add('TAKEN', ['input', 'name'], `Another mapping set is called “${name}”; choose another name.`);
  }

  private newRow({ kind, sourcePlatform, destinationPlatform, input }: NewMappingSet, actorId: string): MappingSetRow {
    const now = new Date(this.base.clock.now());
    return {
      id: newId('map'),
      version: 1,
      ...namedBy(input.name ?? ''),
      kind,
      sourcePlatform,
      destinationPlatform,
      ...settingsBy(input, EMPTY),
      createdAt: now,
      updatedAt: now,
      updatedById: actorId,
    };
  }
}

const EMPTY: Settings = {
  automaticMatches: [],
  exclusions: [],
  unmapped: 'SKIP',
  defaultTarget: null,
  metadataRules: [],
};

/** Names are unique without regard to case. */
function namedBy(name: string): Pick<MappingSetRow, 'name' | 'nameKey'> {
  const tidied = tidy(name) ?? '';
  return { name: tidied, nameKey: nameKeyOf(tidied) };
}

function settingsBy(input: MappingSetInput, before: Settings): Settings {
  const { automaticMatches, exclusions, unmapped, defaultTarget, metadataRules } = input;
  return {
    // Others than automatic matches are refused by the check that follows.
    automaticMatches: (automaticMatches as AutomaticMatch[] | null | undefined) ?? before.automaticMatches,
    exclusions: exclusions ?? before.exclusions,
    unmapped: unmapped ?? before.unmapped,
    defaultTarget: defaultTarget === undefined ? before.defaultTarget : defaultTarget,
    metadataRules: metadataRules?.map(ruleOf) ?? before.metadataRules,
  };
}

const checkName = (name: string, problems: Problems) =>
  checkText(problems, name, ['input', 'name'], { max: MAX_NAME_CHARACTERS, isRequired: true });

function checkSet(row: MappingSetRow, problems: Problems): void {
  for (const { code, field, message } of problemsOfSet(row)) problems.add(code, ['input', ...field], message);
}

function checkEntries(entries: readonly MappingEntry[], problems: Problems): void {
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    for (const { code, field, message } of entryProblems(entry))
      problems.add(code, ['entries', index, ...field], message);
    if (seen.has(entry.sourceKey)) problems.add('INVALID', ['entries', index, 'sourceKey'], DOUBLE);
    seen.add(entry.sourceKey);
  });
}

/** Why a second row for one source name is refused. */
export const DOUBLE = 'Another row has the same name at the source; give each name once.';

function inUse(): Refusal {
  const message = 'Jobs use this mapping set. Take it out of them first; `jobs(filter: { mappingSetIds })` lists them.';
  return new Refusal({ code: 'IN_USE', message, field: ['id'] });
}

function tooMany(): Refusal {
  const message = `There are at most ${MAX_MAPPING_SETS} mapping sets. Delete one that is no longer needed.`;
  return new Refusal({ code: 'LIMIT_EXCEEDED', message });
}
