import { DIRECTORY_KINDS, PlatformError, searched } from '../platform/index.js';
import type {
  Call,
  Description,
  Directory,
  DirectoryEntry,
  DirectoryKind,
  DirectoryRequest,
  FieldType,
} from '../platform/index.js';
import type { MemoryFaults } from './memory-faults.js';

const PATTERNS: Record<Exclude<FieldType, 'CHOICE' | 'CHOICES'>, RegExp> = {
  TEXT: /^/,
  NUMBER: /^-?\d+(\.\d+)?$/,
  BOOLEAN: /^(true|false)$/,
  DATE: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/,
};

const entry = (key: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  key,
  label: key,
  email: null,
  choices: [],
  ...more,
});

const field = (key: string, type: FieldType, choices: readonly string[] = []) => entry(key, { type, choices });

/** A field of each type, and what the memory platform keeps of every item. */
const FIELDS: readonly DirectoryEntry[] = [
  field('modifiedAt', 'DATE'),
  field('description', 'TEXT'),
  field('private', 'BOOLEAN'),
  field('versionNotes', 'TEXT'),
  field('text', 'TEXT'),
  field('number', 'NUMBER'),
  field('boolean', 'BOOLEAN'),
  field('date', 'DATE'),
  field('choice', 'CHOICE', ['Draft', 'Approved']),
  field('choices', 'CHOICES', ['Civil', 'Marine', 'Roads']),
];

/** Values for each field that an item is given, and tags. */
export const MEMORY_SAMPLES = {
  fields: {
    text: 'As built',
    number: '12.5',
    boolean: 'true',
    date: '2019-03-04T05:06:07.000Z',
    choice: 'Approved',
    choices: 'Civil;Marine',
  },
  tags: ['as-built', 'Pier 4'],
};

/** Names of a platform in memory; fields, where they are not given, are one of each type. */
export class MemoryDirectory implements Directory {
  private readonly entries: Map<DirectoryKind, DirectoryEntry[]>;

  constructor(
    private readonly faults: MemoryFaults,
    given: Partial<Record<DirectoryKind, readonly DirectoryEntry[]>> = {},
  ) {
    const own = { METADATA: FIELDS, ...given };
    this.entries = new Map(DIRECTORY_KINDS.map((kind) => [kind, [...(own[kind] ?? [])]]));
  }

  async list({ kind, ...request }: DirectoryRequest, call: Call): Promise<readonly DirectoryEntry[]> {
    await this.pass(call);
    return searched(this.entries.get(kind) ?? [], request);
  }

  async ensureGroup(name: string, call: Call): Promise<DirectoryEntry> {
    await this.pass(call);
    const groups = this.entries.get('GROUP')!;
    const there = groups.find(({ label }) => label === name);
    if (there) return there;
    const group = entry(`g${groups.length + 1}`, { label: name });
    groups.push(group);
    return group;
  }

  /** Tags that items got are names from then on. */
  learnTags(tags: readonly string[]): void {
    const known = this.entries.get('TAG')!;
    for (const tag of tags) if (!known.some(({ key }) => key === tag)) known.push(entry(tag));
  }

  /** Throws `REJECTED` for what the fields cannot hold. */
  assertHeld({ fields = {} }: Description): void {
    for (const [key, value] of Object.entries(fields)) {
      const known = this.entries.get('METADATA')!.find((one) => one.key === key);
      if (!known || known.isReadOnly) throw new PlatformError('REJECTED', `There is no field “${key}” to be set.`);
      if (value !== '' && !isHeld(known, value))
        throw new PlatformError('REJECTED', `The field “${key}” cannot hold “${value}”.`);
    }
  }

  private async pass(call: Call): Promise<void> {
    if (call.signal.aborted) throw new PlatformError('ABORTED', 'The request was stopped.');
    await this.faults.pass({ operation: 'directory', moment: 'before', path: [] });
  }
}

function isHeld({ type = 'TEXT', choices }: DirectoryEntry, value: string): boolean {
  if (type === 'CHOICE') return choices.includes(value);
  if (type === 'CHOICES') return value.split(';').every((one) => choices.includes(one));
  return PATTERNS[type].test(value);
}
