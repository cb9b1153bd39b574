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
