import { parseArgs } from 'node:util';
import { limitPresets } from './defaults.js';
import type { LimitOptions, SandboxInput, WindowKind } from './options.js';
import { isOnOff, readSwitch, switches, type Switches } from './switches.js';
import { seededClients, seeded } from './seed-data.js';

interface Flag {
  name: string;
  /** Absent for switches. */
  value?: string;
  text: string;
}

const flags: readonly Flag[] = [
  { name: 'host', value: 'ADDRESS', text: 'address to listen on (127.0.0.1)' },
  { name: 'login-port', value: 'N', text: 'login pages and tokens (4010)' },
  { name: 'api-port', value: 'N', text: 'API and the overview under /sandbox (4011)' },
  { name: 'files-port', value: 'N', text: 'file links (4012)' },
  { name: 'storage-port', value: 'N', text: 'storage (4013)' },
  { name: 'login-on-api-port', text: 'serve the login pages from the API port' },
  {
    name: 'preset',
    value: 'H/S',
    text: `limits per hour and per spike: ${Object.keys(limitPresets).join(', ')} (3600/100)`,
  },
  { name: 'hourly', value: 'N', text: 'calls per hour, over the preset' },
  { name: 'spike', value: 'N', text: 'calls per spike window, over the preset' },
  { name: 'hour-seconds', value: 'N', text: 'length of the hour (3600)' },
  { name: 'spike-seconds', value: 'N', text: 'length of the spike window (10)' },
  { name: 'window-kind', value: 'KIND', text: 'first-call, aligned or rolling (first-call)' },
  { name: 'no-retry-after', text: 'leave Retry-After out of 429 replies' },
  { name: 'count-downloads', text: 'count file links against the limits' },
  { name: 'token-lifetime', value: 'N', text: 'seconds that an access token lives (5400)' },
  { name: 'auto-approve', text: 'consent as the first user without asking' },
  { name: 'client-id', value: 'ID', text: `id of the client for sign-in (${seeded.clientId})` },
  { name: 'client-secret', value: 'SECRET', text: `its secret (${seeded.clientSecret})` },
  { name: 'projects', value: 'N', text: 'so many more projects in the first company (0)' },
  { name: 'data-dir', value: 'FOLDER', text: 'keep files and state there (memory)' },
  ...switches.map((each): Flag => {
    const [standard, ...others] = each.values;
    if (isOnOff(each)) return { name: each.flag, text: each.text };
    return { name: each.flag, value: others.join('|'), text: `${each.text} (${standard})` };
  }),
  { name: 'help', text: 'show this' },
];

export const usage = `Usage: procore-sandbox [options]

${flags.map(({ name, value, text }) => `  ${`--${name} ${value ?? ''}`.padEnd(32)}${text}`).join('\n')}

Each option is also read from the environment: --api-port from PROCORE_SANDBOX_API_PORT, switches from the value 1.
`;

/** Options of the command line, over those of the environment. Throws with a sentence for the user. */
export function readCommandLine(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SandboxInput | 'help' {
  const options = Object.fromEntries(
    flags.map(({ name, value }) => [name, { type: value === undefined ? ('boolean' as const) : ('string' as const) }]),
  );
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const text = (name: string): string | undefined => {
    const given = values[name] ?? env[`PROCORE_SANDBOX_${name.toUpperCase().replaceAll('-', '_')}`];
    return typeof given === 'string' && given !== '' ? given : undefined;
  };
  const isOn = (name: string): boolean => values[name] === true || text(name) === '1';
  const number = (name: string, fallback?: number): number | undefined => {
    const given = text(name);
    if (given === undefined) return fallback;
    if (!/^\d+$/.test(given)) throw new Error(`--${name} must be a whole number, not ${given}`);
    return Number(given);
  };
  if (isOn('help')) return 'help';
  return {
    ...given({ host: text('host'), dataDir: text('data-dir'), extraProjects: number('projects') }),
    ports: {
      login: number('login-port', 4010),
      api: number('api-port', 4011),
      files: number('files-port', 4012),
      storage: number('storage-port', 4013),
    },
    loginOnApiPort: isOn('login-on-api-port'),
    autoApprove: isOn('auto-approve'),
    limits: readLimits(text, number, isOn('no-retry-after')),
    behaviour: {
      countFileDownloads: isOn('count-downloads'),
      ...given({ tokenLifetimeSeconds: number('token-lifetime') }),
      ...chosenSwitches(text, isOn),
    },
    clients: seededClients.map((client) =>
      client.serviceAccount
        ? client
        : { ...client, ...given({ id: text('client-id'), secret: text('client-secret') }) },
    ),
  };
}

function chosenSwitches(
  text: (name: string) => string | undefined,
  isOn: (name: string) => boolean,
): Partial<Switches> {
  const chosen = switches.flatMap((each) => {
    const given = isOnOff(each) ? (isOn(each.flag) ? 'true' : undefined) : text(each.flag);
    return given === undefined ? [] : [[each.name, readSwitch({ ...each, flag: `--${each.flag}` }, given)]];
  });
  return Object.fromEntries(chosen) as Partial<Switches>;
}

function readLimits(
  text: (name: string) => string | undefined,
  number: (name: string) => number | undefined,
  withoutRetryAfter: boolean,
): Partial<LimitOptions> {
  const preset = text('preset');
  if (preset !== undefined && !Object.hasOwn(limitPresets, preset)) {
    throw new Error(`--preset must be one of ${Object.keys(limitPresets).join(', ')}, not ${preset}`);
  }
  const windowKind = text('window-kind');
  if (windowKind !== undefined && !['first-call', 'aligned', 'rolling'].includes(windowKind)) {
    throw new Error(`--window-kind must be first-call, aligned or rolling, not ${windowKind}`);
  }
  return {
    ...(preset === undefined ? {} : limitPresets[preset as keyof typeof limitPresets]),
    ...given({
      hourly: number('hourly'),
      spike: number('spike'),
      hourSeconds: number('hour-seconds'),
      spikeSeconds: number('spike-seconds'),
      windowKind: windowKind as WindowKind | undefined,
    }),
    retryAfterOn429: !withoutRetryAfter,
  };
}

/** The record without what is undefined. */
function given<Values extends object>(values: Values): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [Key in keyof Values]?: NonNullable<Values[Key]> };
}
