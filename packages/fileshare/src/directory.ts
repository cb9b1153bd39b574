import { searched } from '@sluice/core/platform';
import type { Call, Directory, DirectoryEntry, DirectoryRequest, FieldType } from '@sluice/core/platform';
import type { SystemName } from './disk/names.js';
import type { Share } from './share.js';

/** What a share tells of its items; extended attributes are fields too, by the key `xattr:` and their name. */
const FIELDS: readonly [key: string, label: string, type: FieldType, isSet?: 'SET'][] = [
  ['path', 'Path', 'TEXT'],
  ['name', 'Name', 'TEXT'],
  ['extension', 'Extension', 'TEXT'],
  ['size', 'Size in bytes', 'NUMBER'],
  ['createdAt', 'Created', 'DATE'],
  ['modifiedAt', 'Modified', 'DATE', 'SET'],
  ['owner', 'Owner', 'TEXT', 'SET'],
  ['group', 'Group', 'TEXT', 'SET'],
  ['mode', 'Mode', 'TEXT', 'SET'],
];

/** What a manifest keeps of every item; fields of any other name are kept by the key `manifest:` and the name. */
const KEPT_FIELDS: typeof FIELDS = [
  ['description', 'Description', 'TEXT', 'SET'],
  ['private', 'Private', 'BOOLEAN', 'SET'],
  ['versionNotes', 'Version notes', 'TEXT', 'SET'],
];

/** Accounts and groups of the server itself, and the fields of a share's items, of which rights and attributes can be set. */
export class FileshareDirectory implements Directory {
  constructor(
    private readonly share: Share,
    private readonly hasManifest: boolean,
  ) {}

  async list(request: DirectoryRequest, call: Call): Promise<readonly DirectoryEntry[]> {
    const { kind } = request;
    if (kind === 'TAG') return [];
    const names =
      kind === 'METADATA'
        ? await this.share.work([], call, async () => this.fields())
        : (await this.share.work([], call, (_facts, lane) => lane.call('names', kind))).map(nameEntry);
    return searched(onceEach(names), request);
  }

  private fields(): DirectoryEntry[] {
    return [...FIELDS, ...(this.hasManifest ? KEPT_FIELDS : [])].map(fieldEntry);
  }
}

const nameEntry = ({ name, label }: SystemName): DirectoryEntry => ({ key: name, label, email: null, choices: [] });

const fieldEntry = ([key, label, type, isSet]: (typeof FIELDS)[number]): DirectoryEntry => ({
  ...{ key, label, type, email: null, choices: [] },
  ...(isSet ? {} : { isReadOnly: true as const }),
});

/** A server's file may name an account twice: the first one counts. */
const onceEach = (entries: readonly DirectoryEntry[]) =>
  [...new Map(entries.toReversed().map((one) => [one.key, one])).values()].toReversed();
