/*
 * details/ is what Procore keeps of an item beside its content: custom fields and their definitions (custom-fields.ts,
 * field-values.ts), tags (tags.ts), and the people and groups of the project; this file tells the names of all of them.
 */
import { createHash } from 'node:crypto';
import { PlatformError, searched } from '@sluice/core/platform';
import type { Call, Directory, DirectoryEntry, DirectoryKind, DirectoryRequest } from '@sluice/core/platform';
import { allRows } from '../api/all-rows.js';
import type { ProcoreClient } from '../api/client.js';
import { idOf, objectOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { Query } from '../api/sender.js';
import { isKind } from '../errors.js';
import { throwIfAborted } from '../api/waits.js';
import type { CustomFields } from './custom-fields.js';
import type { CustomField } from './field-values.js';
import type { Tags } from './tags.js';

const PEOPLE_PER_PAGE = 100;
const MOST_CHOICES = 500;

const entry = (key: string, label: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  ...{ key, label, email: null, choices: [] },
  ...more,
});

/** Fields that every item has. */
const OWN_FIELDS: readonly DirectoryEntry[] = [
  entry('description', 'Description', { type: 'TEXT' }),
  entry('private', 'Private', { type: 'BOOLEAN' }),
  entry('versionNotes', 'Version notes', { type: 'TEXT' }),
  entry('author', 'Author', { type: 'TEXT', isReadOnly: true }),
];

/** People by their logins, groups and tags by their names, and fields by the numbers of their definitions. */
export class ProcoreDirectory implements Directory {
  /** Names of groups as they were told last; null before. */
  private groupsThere: Set<string> | null = null;

  constructor(
    private readonly client: ProcoreClient,
    private readonly fields: CustomFields,
    private readonly tags: Tags,
  ) {}

  async list({ kind, ...request }: DirectoryRequest, call: Call): Promise<readonly DirectoryEntry[]> {
    throwIfAborted(call.signal);
    return searched(await this.lists[kind](call), request);
  }

  private readonly lists: Readonly<Record<DirectoryKind, (call: Call) => Promise<readonly DirectoryEntry[]>>> = {
    ACCOUNT: (call) => this.accounts(call),
    GROUP: async (call) => (await this.groups(call)).map(({ name }) => entry(name, name)),
    METADATA: async (call) => [...OWN_FIELDS, ...(await this.fields.all(call)).map(fieldEntry)],
    TAG: async (call) => unique((await this.tags.all(call)).map(({ name }) => entry(name, name))),
  };

  private async accounts(call: Call): Promise<readonly DirectoryEntry[]> {
    const read = (paging: Query) => this.client.projectUsers(paging, call);
    return unique(await refusedByName(allRows(read, PEOPLE_PER_PAGE, readAccount), 'users'));
  }

  private async groups(call: Call): Promise<{ name: string }[]> {
    const read = (paging: Query) => this.client.distributionGroups(paging, call);
    const groups = await refusedByName(allRows(read, PEOPLE_PER_PAGE, readGroup), 'distribution groups');
    this.groupsThere = new Set(groups.map(({ name }) => name));
    return groups;
  }

  /** A distribution group without users; one call where the names were told before. The token lets a repeated request find the group that an earlier one made. */
  async ensureGroup(name: string, call: Call): Promise<DirectoryEntry> {
    throwIfAborted(call.signal);
    if (this.groupsThere === null) await this.groups(call);
    if (!this.groupsThere?.has(name)) await this.makeGroup(name, call);
    this.groupsThere?.add(name);
    return entry(name, name);
  }

  private async makeGroup(name: string, call: Call): Promise<void> {
    const token = `sluice-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
    try {
      const { json } = await this.client.createDistributionGroup({ name, user_ids: [] }, token, call);
      if (textOf(objectOf(json)?.['name']) !== null) return;
      throw new PlatformError('PLATFORM_ERROR', 'Procore made a distribution group and did not tell which.');
    } catch (error) {
      // It stands there, and is not shown: Procore leaves some groups out of its list.
      if (!isKind(error, 'NAME_TAKEN')) throw error;
    }
  }
}

function fieldEntry({ key, label, type, entries, isReadOnly }: CustomField): DirectoryEntry {
  const choices = [...new Set(entries.map((one) => one.label))].slice(0, MOST_CHOICES);
  return entry(key, label, { type, choices, ...(isReadOnly ? { isReadOnly } : {}) });
}

/** Of two with one key the first. */
const unique = (entries: readonly DirectoryEntry[]): DirectoryEntry[] =>
  entries.filter(({ key }, place) => entries.findIndex((other) => other.key === key) === place);

function readAccount(row: Json): { key: string; value: DirectoryEntry } | null {
  const email = textOf(row['email_address']);
  const key = textOf(row['login']) ?? email ?? idOf(row['id']);
  return key === null ? null : { key, value: entry(key, textOf(row['name']) ?? key, { email }) };
}

function readGroup(row: Json): { key: string; value: { name: string } } | null {
  const name = textOf(row['name']);
  return name === null ? null : { key: name, value: { name } };
}

/** The Documents tool alone does not let an account see people. */
async function refusedByName<T>(reading: Promise<T>, what: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!isKind(error, 'ACCESS_DENIED', 'NOT_FOUND')) throw error;
    throw new PlatformError('ACCESS_DENIED', `The account may not see the ${what} of the project.`, {
      remedy: 'Give the account the right to read the Directory tool of the project.',
    });
  }
}
