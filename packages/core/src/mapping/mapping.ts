import type { Details, DirectoryEntry, DirectoryKind } from '../platform/index.js';
import { NAME_FIELDS, isOfEveryItem, valueOf } from './item-values.js';
import type { MappableItem } from './item-values.js';
import type { MappingSet } from './mapping-set.js';
import { MetadataMapper } from './metadata-mapper.js';
import { planMetadata } from './metadata-plan.js';
import type { MetadataPlan } from './metadata-plan.js';
import { NameMapper } from './name-mapper.js';
import type { MappedName } from './name-mapper.js';
import type { MappingProblem, Outcome } from './outcome.js';

/** Names of a platform by kind; null where it has none of that kind or could not tell. */
export type Directories = Readonly<Record<DirectoryKind, readonly DirectoryEntry[] | null>>;

/** What an item is to have at the destination. What is absent is left alone there. */
export interface Mapped {
  /** By key at the destination, as `Description.fields`; without those that have a place of their own below. */
  fields: Readonly<Record<string, string>>;
  /** Null when the job has no set of tags. */
  tags: readonly string[] | null;
  description?: string;
  isPrivate?: boolean;
  versionNote?: string;
  /** The time of change that a file gets in place of that of the source. */
  modifiedAt?: Date;
  /** Names of groups that those of the item became; absent for none. */
  groups?: readonly string[];
  /** Those of them that the destination does not have; absent for none. */
  newGroups?: readonly string[];
  problems: readonly MappingProblem[];
}

/** The mapping sets of a job, compiled once for a run against both directories. Pure; cheap for each of a million items. */
export class Mapping {
  private readonly names: ReadonlyMap<DirectoryKind, NameMapper>;
  private readonly metadata: MetadataMapper | null;
  private readonly groupsThere: ReadonlySet<string>;
  /** What a listing of the source has to tell for the mapping. */
  readonly details: Details;

  constructor(sets: readonly MappingSet[], source: Directories, destination: Directories) {
    const of = (kind: DirectoryKind) => sets.filter((set) => set.kind === kind);
    const both = (kind: DirectoryKind) => ({ source: source[kind], destination: destination[kind] });
    const named = (['ACCOUNT', 'GROUP', 'TAG'] as const).filter((kind) => of(kind).length > 0);
    this.names = new Map(named.map((kind) => [kind, new NameMapper(of(kind), both(kind))]));
    this.groupsThere = new Set((destination.GROUP ?? []).flatMap(({ key, label }) => [key, label]));
    const plan = planMetadata(of('METADATA'), both('METADATA'));
    const hasRules = of('METADATA').length > 0;
    this.metadata = hasRules ? new MetadataMapper(plan, (item, field) => this.read(item, field)) : null;
    this.details = { fields: this.fieldsRead(plan), tags: this.names.has('TAG') };
  }

  /** What the item is to have at the destination, and what of it could not be mapped. */
  map(item: MappableItem): Mapped {
    const outcomes = this.outcomes(item);
    const groups = targetsOf(outcomes, 'GROUP');
    const newGroups = groups.filter((name) => !this.groupsThere.has(name));
    return {
      ...collect(outcomes, this.names.has('TAG')),
      ...(groups.length > 0 ? { groups } : {}),
      ...(newGroups.length > 0 ? { newGroups } : {}),
    };
  }

  /** Every name, tag and field of an item, one by one: what `map` is made of, for a preview. */
  outcomes(item: MappableItem): Outcome[] {
    return [
      ...this.ofNames('ACCOUNT', item),
      ...this.ofNames('GROUP', item),
      ...(item.tags ?? []).flatMap((tag) => this.ofName('TAG', tag) ?? []),
      ...(this.metadata?.outcomes(item) ?? []),
    ];
  }

  /** Translates a name alone, such as one of a list of rights; null when the job has no set of that kind. */
  translate(kind: Exclude<DirectoryKind, 'METADATA'>, name: string): MappedName | null {
    return this.names.get(kind)?.map(name) ?? null;
  }

  private ofNames(kind: 'ACCOUNT' | 'GROUP', item: MappableItem): Outcome[] {
    const names = new Set(NAME_FIELDS[kind].map((field) => valueOf(item, field)).filter((name) => name !== null));
    return [...names].flatMap((name) => this.ofName(kind, name) ?? []);
  }

  private ofName(kind: 'ACCOUNT' | 'GROUP' | 'TAG', name: string): Outcome | null {
    const mapped = this.translate(kind, name);
    if (!mapped) return null;
    const { target, match, isUnmapped } = mapped;
    const problem = isUnmapped && target === null ? problemOf(kind, name, mapped) : null;
    return { kind, destinationField: null, sourceValue: name, destinationValue: target, match, problem };
  }

  /** A field of a name is read as its translation, and has no value when the name gets no target. */
  private read(item: MappableItem, field: string): string | null {
    const value = valueOf(item, field);
    const kind = kindOfNames(field);
    const mapped = value === null || kind === null ? null : this.translate(kind, value);
    return mapped ? mapped.target : value;
  }

  private fieldsRead({ fields, unlinked }: MetadataPlan): string[] {
    const rules = fields.flatMap(({ rules: ready }) => ready);
    const origins = rules.flatMap(({ rule: { origin } }) => (origin.kind === 'FIELD' ? [origin.field] : []));
    const inTemplates = rules.flatMap(({ pieces }) =>
      pieces.flatMap((piece) => ('field' in piece ? [piece.field] : [])),
    );
    const named = (['ACCOUNT', 'GROUP'] as const).flatMap((kind) => (this.names.has(kind) ? NAME_FIELDS[kind] : []));
    const all = new Set([...origins, ...inTemplates, ...unlinked.map(({ key }) => key), ...named]);
    return [...all].filter((field) => !isOfEveryItem(field));
  }
}

function kindOfNames(field: string): 'ACCOUNT' | 'GROUP' | null {
  if (NAME_FIELDS.ACCOUNT.includes(field)) return 'ACCOUNT';
  return NAME_FIELDS.GROUP.includes(field) ? 'GROUP' : null;
}

const WORDS = { ACCOUNT: 'account', GROUP: 'group', TAG: 'tag' } as const;

function problemOf(kind: 'ACCOUNT' | 'GROUP' | 'TAG', name: string, { isFlagged }: MappedName): MappingProblem {
  const message = `Nothing at the destination was found for the ${WORDS[kind]} “${name}”.`;
  return { reason: 'UNMAPPED', kind, field: null, value: name, message, isFlagged };
}

function collect(outcomes: readonly Outcome[], hasTags: boolean): Mapped {
  const { description, private: isPrivate, versionNotes, ...all } = valuesOf(outcomes);
  const { fields, ...time } = withTime(all);
  const tags = targetsOf(outcomes, 'TAG');
  return {
    fields,
    tags: hasTags ? [...new Set(tags)].sort() : null,
    ...(description === undefined ? {} : { description }),
    ...(isPrivate === undefined ? {} : { isPrivate: isPrivate === 'true' }),
    ...(versionNotes === undefined ? {} : { versionNote: versionNotes }),
    ...time,
    problems: outcomes.flatMap(({ problem }) => problem ?? []),
  };
}

/** What is no time stays a field, which the destination refuses by its name. */
function withTime(all: Record<string, string>): Pick<Mapped, 'fields' | 'modifiedAt'> {
  const { modifiedAt: text, ...fields } = all;
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? { fields: all } : { fields, modifiedAt: new Date(time) };
}

const targetsOf = (outcomes: readonly Outcome[], wanted: 'GROUP' | 'TAG'): string[] =>
  outcomes.flatMap(({ kind, destinationValue }) =>
    kind === wanted && destinationValue !== null ? [destinationValue] : [],
  );

function valuesOf(outcomes: readonly Outcome[]): Partial<Record<string, string>> & Record<string, string> {
  return Object.fromEntries(
    outcomes.flatMap(({ destinationField, destinationValue }) =>
      destinationField !== null && destinationValue !== null ? [[destinationField, destinationValue] as const] : [],
    ),
  );
}

/** Text that is equal for two results exactly when they leave the same at the destination. */
export function mappedText({ fields, tags, description, isPrivate, versionNote, modifiedAt }: Mapped): string {
  const sorted = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
  const time = modifiedAt ? [modifiedAt] : [];
  return JSON.stringify([sorted, tags, description ?? null, isPrivate ?? null, versionNote ?? null, ...time]);
}
