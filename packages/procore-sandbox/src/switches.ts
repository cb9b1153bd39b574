/**
 * Choices between answers of the service that a client seldom meets or that no source settles. Each is an option of
 * `behaviour`, a flag of the command line and a field of the overview page. The first value holds unless another is chosen.
 */
const table = {
  notInstalledStatus: {
    values: [403, 401],
    text: 'status of calls into a company that has not installed the app; 401 comes with the text of a dead token',
  },
  documentsV1: {
    values: ['served', '404', '410'],
    text: 'the flat list of v1: served, or ended with this status while v2 goes on',
  },
  permittedActions: {
    values: ['objects', 'names'],
    text: 'the form of permitted_actions in settings/permissions',
  },
  shuffleTies: {
    values: [false, true],
    text: 'rows that the order leaves equal come in another sequence on every call',
  },
  strictRedirects: {
    values: [false, true],
    text: 'redirect addresses must be registered, and https unless their host is localhost',
  },
  unusedSystemFolders: {
    values: ['hidden', 'shown'],
    text: 'Schedules and Emailed Documents while nothing is in them; their names are taken all the same',
  },
  uploadKeepsCheckOut: {
    values: [false, true],
    text: 'a new version by the person who checked the file out leaves it checked out, instead of checking it in',
  },
  strictRights: {
    values: [false, true],
    text: 'describing and tagging need level admin, moving needs it or the right to move',
  },
  binRestore: {
    values: ['restored', 'ignored', 'refused'],
    text: 'a PATCH that gives an item of the recycle bin a living folder: restores it, leaves it in the bin, or answers 404',
  },
  projectNameFilter: {
    values: ['contains', 'exact'],
    text: 'how filters[name] finds projects; neither minds the case',
  },
  privateParent: {
    values: ['object', 'flag'],
    text: 'private_parent of extended rows: the nearest private folder above, or whether there is one',
  },
  folderVersions: {
    values: ['all', 'newest'],
    text: 'versions of the files that a folder shows with itself: all of each, or the newest',
  },
  folderFilterDepth: {
    values: [100, 5],
    text: 'levels below its folder that filters[folder_id] reaches; 5 shows the end in a small tree',
  },
  updatedAtFilter: {
    values: ['obeyed', 'ignored', 'refused'],
    text: 'filters[updated_at] of the flat list: obeyed, ignored so that everything comes, or refused with 400',
  },
  fieldDefinitions: {
    values: ['served', 'without-metadata', '403', '401'],
    text: 'definitions of custom fields: served, served without custom_field_metadata (404), or refused; 401 comes with the text of a dead token',
  },
  directoryAccess: {
    values: ['served', '403'],
    text: 'users and distribution groups of a project: served, or refused',
  },
  hiddenGroups: {
    values: [false, true],
    text: 'the list of distribution groups leaves out those without a user, whose names are taken all the same',
  },
  repeatedTag: {
    values: ['accepted', 'refused'],
    text: 'a tag that a document has already: accepted, or refused with 400',
  },
  tagFilter: {
    values: ['obeyed', 'ignored', 'refused'],
    text: 'filters[custom_tag_ids] of the flat list: obeyed, ignored so that everything comes, or refused with 400',
  },
  touchOnDetails: {
    values: ['fields', 'fields-and-tags', 'none'],
    text: 'changes of custom fields alone, and of tags, that set updated_at',
  },
  webhooks: {
    values: ['served', 'v1-only', '403', 'partly'],
    text: 'webhooks: served; by the addresses of v1.0 only; refused for lack of the permission; or triggers/bulk takes the first of its triggers only (207)',
  },
  fileVersionsResource: {
    values: ['Project File Versions', 'File Versions'],
    text: 'name of the versions of files among what webhooks of a project report',
  },
  deliveries: {
    values: ['sent', 'twice', 'backwards', 'held'],
    text: 'word of changes: sent at once, sent twice, in the reverse order, or held until it is let go',
  },
  fileLinkOrigin: {
    values: ['own', 'http://storage.procore.com'],
    text: 'origin of file links: the own, or a plain http one that a client has to upgrade before it sends its token',
  },
} as const satisfies Record<string, { values: readonly (string | number | boolean)[]; text: string }>;

type Table = typeof table;
export type SwitchName = keyof Table;

/** One value for every switch. */
export type Switches = { [Name in SwitchName]: Table[Name]['values'][number] };

export interface Switch {
  name: SwitchName;
  /** Without the leading dashes. */
  flag: string;
  /** The first is the default. */
  values: readonly (string | number | boolean)[];
  text: string;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const switches: readonly Switch[] = (Object.keys(table) as SwitchName[]).map((name) => ({
  name,
  flag: kebab(name),
  ...table[name],
}));

/** The first value of every switch. */
export const defaultSwitches = Object.fromEntries(switches.map(({ name, values }) => [name, values[0]])) as Switches;

/** Switches that go on and off have no value on the command line. */
export const isOnOff = ({ values }: Switch): boolean => typeof values[0] === 'boolean';

/** The value that a text stands for. Throws with a sentence that names the switch and its values. */
export function readSwitch({ flag, values }: Switch, text: string): Switch['values'][number] {
  const value = values.find((each) => String(each) === text);
  if (value === undefined) throw new Error(`${flag} must be one of ${values.join(', ')}, not ${text}`);
  return value;
}

/** Reads switches by name from the fields of a form. Throws on an unknown name or value. */
export function readSwitches(fields: Readonly<Record<string, unknown>>): Partial<Switches> {
  const read = Object.entries(fields).map(([name, text]) => {
    const known = switches.find((each) => each.name === name);
    if (!known)
      throw new Error(`there is no switch ${name}; known are ${switches.map((each) => each.name).join(', ')}`);
    return [name, readSwitch(known, String(text))];
  });
  return Object.fromEntries(read) as Partial<Switches>;
}
