import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands.js';
import { EXIT_CODES } from './exit-codes.js';
import { settingsFile } from './settings.js';
import { event, program, TOKEN, type Answers } from './terminal.testing.js';

const LAST_PAGE = { hasNextPage: false, endCursor: null };
const job = { id: 'job_1', name: 'Plans', latestRun: { id: 'run_1' } };
const FOUND: Answers = {
  FindJob: { job: null, jobs: { nodes: [job] } },
  FindRun: { run: { id: 'run_1' } },
  RunStart: { runStart: { run: { id: 'run_1', number: 7 }, userErrors: [] } },
};
const ended = (state: string, outcomes: object[] = []) => ({ Outcomes: { run: { state, statistics: { outcomes } } } });
const figures = {
  itemsDiscovered: 4,
  itemsPlanned: 4,
  itemsDone: 2,
  bytesPlanned: 4096,
  bytesDone: 2048,
  bytesPerSecond: 512,
  progress: 0.5,
  expectedFinishAt: null,
  outcomes: [],
};
const item = {
  id: 'itm_1',
  sourcePath: '/a\u001b]0;x\u0007.pdf',
  destinationPath: null,
  outcome: 'FLAGGED' as const,
  reason: 'LOCKED' as const,
  message: 'It is checked out.',
  remedy: null,
};
const EVENTS = [
  event({ kind: 'SNAPSHOT', run: { id: 'run_1', number: 7, state: 'LISTING', stateReason: null, waitingUntil: null } }),
  event({ kind: 'STATE', state: 'TRANSFERRING' }),
  event({ kind: 'STATISTICS', statistics: figures }),
  event({ kind: 'ITEM', item }),
];
const until = (state: 'SUCCEEDED') => [...EVENTS, event({ kind: 'STATE', state })];

describe('run', () => {
  it.each([
    ['SUCCEEDED', 0],
    ['SUCCEEDED_WITH_ISSUES', 10],
    ['FAILED', 11],
    ['CANCELED', 12],
    ['CARRIED_OVER', 13],
  ])('ends with the exit code of a run that is %s', async (state, code) => {
    const answers = { ...FOUND, ...ended(state, [{ outcome: 'CREATED', itemCount: 3 }]) };
    const ran = await program(['run', 'Plans'], { answers, events: until(state as 'SUCCEEDED') });
    expect(ran).toMatchObject({ code, out: `${state.toLowerCase().replaceAll('_', ' ')}: 3 created\n` });
  });

  it('writes plain lines where nobody watches, and nothing that steers a terminal', async () => {
    const { err } = await program(['run', 'Plans'], {
      answers: { ...FOUND, ...ended('SUCCEEDED') },
      events: until('SUCCEEDED'),
    });
    expect(err.trim().split('\n')).toEqual([
      'Run 7 of “Plans” has started: run_1',
      'listing',
      'transferring',
      '2 of 4 items, 2.0 KiB, 512 B/s',
      'flagged: /a�]0;x�.pdf: It is checked out.',
      'succeeded',
    ]);
  });

  it('draws a bar over itself where a person watches, no wider than the window', async () => {
    const { err } = await program(['run', 'Plans'], {
      answers: { ...FOUND, ...ended('SUCCEEDED') },
      events: until('SUCCEEDED'),
      terminal: { isInteractive: true, columns: 40 },
    });
    const bars = err.split('\r\u001b[2K').filter((part) => part.startsWith('['));
    expect(bars[0]).toBe('[############............] 50 %  2 of 4');
    expect(err).not.toMatch(/\[#+[.]*\][^\r]*\n/);
  });

  it('gives every event as a JSON line', async () => {
    const answers = { ...FOUND, ...ended('SUCCEEDED') };
    const { out } = await program(['run', 'Plans', '--json'], { answers, events: until('SUCCEEDED') });
    const kinds = out
      .trim()
      .split('\n')
      .map((text) => (JSON.parse(text) as { kind: string }).kind);
    expect(kinds).toEqual(['SNAPSHOT', 'STATE', 'STATISTICS', 'ITEM', 'STATE']);
  });

  it('is left with Ctrl-C, and says that the run goes on', async () => {
    const leaving = new AbortController();
    const stream = async function* () {
      yield { data: { runProgress: EVENTS[0] } };
      leaving.abort(new Error('Left.'));
      yield { data: { runProgress: EVENTS[1] } };
    };
    const ran = await program(['run', 'Plans'], {
      answers: FOUND,
      events: stream,
      terminal: { signal: leaving.signal },
    });
    expect(ran).toMatchObject({
      code: 130,
      err: expect.stringContaining('The run goes on: “sluice follow run_1”') as string,
    });
  });

  it('detached prints the identifier alone', async () => {
    expect(await program(['run', 'Plans', '--detach'], { answers: FOUND })).toMatchObject({ code: 0, out: 'run_1\n' });
  });

  it('sends the paths that it is limited to, and an idempotency key', async () => {
    const { asked } = await program(['run', 'Plans', '--detach', '--only', '/a', '--only', '/b'], { answers: FOUND });
    expect(asked.at(-1)?.variables).toMatchObject({
      jobId: 'job_1',
      input: { onlyPaths: ['/a', '/b'] },
      key: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });

  it('that is refused ends with 2 and the reason', async () => {
    const userErrors = [{ code: 'INVALID_STATE', message: 'A run is active.', field: ['jobId'] }];
    const answers = { ...FOUND, RunStart: { runStart: { run: null, userErrors } } };
    expect(await program(['run', 'Plans'], { answers })).toMatchObject({ code: 2, err: 'jobId: A run is active.\n' });
  });

  it.each([['--simulate'], ['plan']])('%s plans only', async (how) => {
    const summary = {
      itemCount: 1,
      byteCount: 2048,
      totals: [{ action: 'CREATE', itemCount: 1, byteCount: 2048 }],
      warnings: [{ severity: 'WARNING', message: 'One name is long.' }],
    };
    const step = {
      action: 'CREATE',
      byteCount: 2048,
      sourcePath: '/a.pdf',
      destinationPath: '/a.pdf',
      message: 'New.',
    };
    const answers = {
      ...FOUND,
      PlanCreate: { planCreate: { plan: { id: 'pln_1' }, userErrors: [] } },
      PlanState: { plan: { taskState: 'SUCCEEDED', failure: null, summary } },
      PlanSteps: { plan: { steps: { nodes: [step], pageInfo: LAST_PAGE } } },
    };
    const { code, out, err, asked } = await program(how === 'plan' ? ['plan', 'Plans'] : ['run', 'Plans', how], {
      answers,
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^create +2\.0 KiB +\/a\.pdf +New\.$/m);
    expect(out).toMatch(/^create +1 +2\.0 KiB$/m);
    expect(err).toContain('warning: One name is long.');
    expect(asked.map(({ name }) => name)).not.toContain('RunStart');
  });
});

describe('lists', () => {
  const row = { ...item, kind: 'FILE', byteSize: 3, sha256: 'aa', verifiedBy: 'CHECKSUM', finishedAt: null };
  const answers = {
    ...FOUND,
    Items: { run: { items: { nodes: [row, { ...row, byteSize: null }], pageInfo: LAST_PAGE } } },
  };

  it('items of a run as a table', async () => {
    const { out } = await program(['items', 'run_1'], { answers });
    expect(out.split('\n').slice(0, 2)).toEqual([
      'OUTCOME  SIZE  PATH          REASON',
      'flagged  3 B   /a�]0;x�.pdf  It is checked out.',
    ]);
  });

  it('items of the latest run of a job as JSON lines, of one outcome', async () => {
    const given = { ...answers, FindRun: { run: null } };
    const { out, asked } = await program(['items', 'Plans', '--json', '--outcome', 'FLAGGED'], { answers: given });
    expect(
      out
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text) as unknown),
    ).toHaveLength(2);
    expect(asked.at(-1)?.variables).toMatchObject({ runId: 'run_1', outcomes: ['FLAGGED'] });
  });

  it('connections', async () => {
    const node = { id: 'con_1', name: 'Site', platform: { displayName: 'Share' }, health: { status: 'HEALTHY' } };
    const { out } = await program(['connections'], {
      answers: { Connections: { connections: { nodes: [node], pageInfo: LAST_PAGE } } },
    });
    expect(out).toBe('ID     PLATFORM  STATUS   NAME\ncon_1  Share     healthy  Site\n');
  });

  it('jobs', async () => {
    const node = { ...job, transferType: 'COPY', state: 'READY', nextStartAt: null, latestRun: null };
    const { out } = await program(['jobs'], { answers: { Jobs: { jobs: { nodes: [node], pageInfo: LAST_PAGE } } } });
    expect(out).toContain('job_1  copy  ready  –           –           Plans');
  });
});

it.each([
  ['pause', { runPause: { run: { state: 'PAUSING' }, userErrors: [] } }, 'run_1: pausing\n'],
  ['resume', { runResume: { run: { state: 'QUEUED' }, userErrors: [] } }, 'run_1: queued\n'],
  ['cancel', { runCancel: { run: { state: 'CANCELING' }, userErrors: [] } }, 'run_1: canceling\n'],
])('%s tells the run', async (name, answer, out) => {
  const operation = `Run${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  expect(await program([name, 'run_1'], { answers: { ...FOUND, [operation]: answer } })).toMatchObject({
    code: 0,
    out,
  });
});

describe('report', () => {
  const content = 'path,outcome\n/a.pdf,CREATED\n';
  const sha256 = createHash('sha256').update(content).digest('hex');
  const answers = {
    ...FOUND,
    FindMappingSets: { mappingSets: [{ id: 'map_1', name: 'Disciplines' }] },
    ReportCreate: { reportCreate: { report: { id: 'rep_1' }, userErrors: [] } },
    ReportState: {
      node: { taskState: 'SUCCEEDED', failure: null, downloadUrl: 'https://x.example/d', sha256, byteSize: 30 },
    },
  };
  const write = async (served: string, args: string[] = [], subject = 'run_1') => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-report-'));
    const output = join(folder, 'items.csv');
    const terminal = { fetch: async () => new Response(served) };
    const ran = await program(['report', subject, '--output', output, ...args], { answers, terminal });
    const written = Object.fromEntries(
      await Promise.all(
        (await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
      ),
    ) as Record<string, string>;
    await rm(folder, { recursive: true });
    return { ...ran, written };
  };

  it('of a run comes whole into a file', async () => {
    const { code, written, asked } = await write(content, ['--kind', 'LOG', '--format', 'JSONL']);
    expect([code, written]).toEqual([0, { 'items.csv': content }]);
    const input = { kind: 'LOG', format: 'JSONL', subject: { runId: 'run_1' } };
    expect(asked.find(({ name }) => name === 'ReportCreate')?.variables).toMatchObject({ input });
  });

  it.each([
    ['VALIDATION', 'Plans', { jobId: 'job_1' }],
    ['UNMAPPED', 'Plans', { jobId: 'job_1' }],
    ['PERMISSIONS', 'Plans', { jobId: 'job_1' }],
    ['MAPPING_SET', 'Disciplines', { mappingSetId: 'map_1' }],
    ['SCAN', 'run_1', { runId: 'run_1' }],
    ['AUDIT_LOG', 'audit', { auditLog: {} }],
  ])('%s is one of %s', async (kind, subject, expected) => {
    const { code, asked } = await write(content, ['--kind', kind], subject);
    expect(code).toBe(0);
    const { variables } = asked.find(({ name }) => name === 'ReportCreate')!;
    expect(variables).toMatchObject({ input: { kind, subject: expected } });
  });

  it('of a mapping set that is not there names those that are', async () => {
    const { code, err } = await write(content, ['--kind', 'MAPPING_SET'], 'Trades');
    expect([code, err]).toEqual([2, 'There is no mapping set “Trades”. There are “Disciplines”.\n']);
  });

  it('of the audit log is one of nothing else', async () => {
    expect(await write(content, ['--kind', 'AUDIT_LOG'])).toMatchObject({ code: 2, written: {} });
  });

  it('that was damaged on its way leaves no file', async () => {
    expect(await write('path')).toMatchObject({ code: 1, written: {} });
  });

  it('of another kind is refused with those that there are', async () => {
    expect(await write(content, ['--kind', 'items'])).toMatchObject({
      code: 2,
      err: '--kind is one of ITEMS, SUMMARY, LOG, SCAN, VALIDATION, UNMAPPED, PERMISSIONS, MAPPING_SET, AUDIT_LOG.\n',
    });
  });
});

describe('mistakes', () => {
  const denied = (code: string) => ({ errors: [{ message: 'No.', extensions: { code } }] });
  it.each<[what: string, args: string[], answers: Answers, code: number, told: RegExp]>([
    ['another command', ['frobnicate'], {}, 2, /sluice --help/],
    ['a name from the table’s prototype', ['constructor'], {}, 2, /sluice --help/],
    ['no job', ['run'], {}, 2, /sluice run JOB/],
    ['two jobs', ['run', 'a', 'b'], {}, 2, /in quotes/],
    ['another option', ['jobs', '--loud'], {}, 2, /--loud/],
    ['a token as an option', ['jobs', '--token', TOKEN], {}, 2, /--token/],
    ['a plan of some paths', ['run', 'Plans', '--simulate', '--only', '/a'], FOUND, 2, /whole job/],
    ['an unknown job', ['run', 'Plan'], FOUND, 2, /Do you mean “Plans”/],
    ['an address that is none', ['jobs', '--url', 'here'], {}, 2, /https:\/\//],
    ['no server', ['jobs'], { Jobs: new Error('refused') }, 3, /cannot be reached[^]*SLUICE_URL/],
    ['a refused token', ['jobs'], { Jobs: denied('UNAUTHENTICATED') }, 4, /API tokens/],
    ['a missing right', ['jobs'], { Jobs: denied('FORBIDDEN') }, 4, /scope/],
    ['a defect', ['jobs'], { Jobs: denied('INTERNAL_SERVER_ERROR') }, 1, /No\./],
  ])('%s', async (_, args, answers, code, told) => {
    const ran = await program(args, { answers });
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).toMatch(told);
    expect(ran.err.replace(`'--token'`, '')).not.toContain('canary');
  });

  it('no token', async () => {
    const ran = await program(['jobs'], { terminal: { env: { HOME: '/nonexistent' } } });
    expect(ran).toMatchObject({ code: 4, err: expect.stringContaining('sluice login') as string });
  });
});

describe('login', () => {
  const answers = {
    WhoAmI: { viewer: { actor: { displayName: 'Ada' } } },
    Jobs: { jobs: { nodes: [], pageInfo: LAST_PAGE } },
  };

  it('keeps the token for this person alone, and never gives it to another address', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-login-'));
    const env = { XDG_CONFIG_HOME: folder, SLUICE_URL: 'https://sluice.example' };
    const terminal = { env, askSecret: async () => ` ${TOKEN}\n` };
    const { code, out, err } = await program(['login'], { answers, terminal });
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('Signed in as Ada.');
    expect(err).not.toContain('canary');
    expect((await stat(settingsFile(env))).mode & 0o777).toBe(0o600);
    expect(await readFile(settingsFile(env), 'utf8')).toContain(TOKEN);
    expect(await program(['jobs'], { answers, terminal: { env } })).toMatchObject({ code: 0 });
    const elsewhere = await program(['jobs', '--url', 'https://other.example'], { answers, terminal: { env } });
    expect(elsewhere).toMatchObject({ code: 4, asked: [] });
    await rm(folder, { recursive: true });
  });

  it('keeps nothing that the server does not know', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-login-'));
    const terminal = { env: { XDG_CONFIG_HOME: folder }, askSecret: async () => TOKEN };
    const denied = { WhoAmI: { viewer: null } };
    expect(await program(['login'], { answers: denied, terminal })).toMatchObject({ code: 4 });
    await expect(stat(settingsFile(terminal.env))).rejects.toThrow('ENOENT');
    await rm(folder, { recursive: true });
  });
});

describe('help', () => {
  it('tells all commands and exit codes', async () => {
    const { code, out } = await program(['--help']);
    expect(code).toBe(0);
    for (const name of Object.keys(COMMANDS)) expect(out).toContain(`sluice ${name}`);
    expect(out).toMatch(/^ {2}10 +the run ended, and some items are flagged$/m);
  });

  it('is true in the README: every command, every exit code', async () => {
    const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
    const section = /^## From the command line$([^]*?)^## /m.exec(readme)?.[1] ?? '';
    const longest = (text = '') =>
      Object.keys(COMMANDS)
        .filter((name) => `${text} `.startsWith(`${name} `))
        .sort((one, other) => other.length - one.length)[0];
    const commands = [...section.matchAll(/^npx sluice (.*)$/gm)].map(([, text]) => longest(text));
    expect([...new Set(commands)].sort()).toEqual(Object.keys(COMMANDS).sort());
    const codes = [...section.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(([, code, meaning]) => [Number(code), meaning]);
    expect(codes).toEqual(EXIT_CODES);
  });

  it.each(Object.entries(COMMANDS))('of %s tells every option', async (name, { options }) => {
    const { code, out } = await program([name, '--help']);
    expect(code).toBe(0);
    for (const option of Object.keys(options))
      expect(out).toMatch(new RegExp(`^ {2}--${option}( VALUE)? {2,}\\S`, 'm'));
  });
});
