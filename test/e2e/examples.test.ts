import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '@sluice/procore-sandbox';
import { plant } from '../support/files.js';
import { House } from '../support/house.js';
import { contentOf } from '../support/sandbox.js';
import { recordResumption } from '../support/recording.js';
import { ADMIN } from '../support/server.js';
import { addJob, addShare, readRun, startRun } from '../support/work.js';

const run = promisify(execFile);
const text = (file: string) => readFile(path(file), 'utf8');
const path = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** What an example needs from the environment besides its own settings. */
const base = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] };

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

const jsonLines = (printed: string): unknown[] =>
  printed
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const files = { 'A-101.txt': 'Ground floor', 'Sections/S-1.txt': 'Section 1' };

describe('the examples', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house.close());

  async function newRun(name: string): Promise<{ jobId: string; start: () => Promise<string> }> {
    const folders = [await house.folder('from'), await house.folder('to')];
    await plant(folders[0] ?? '', files);
    const [source = '', destination = ''] = await Promise.all(folders.map((folder) => addShare(house.client, folder)));
    const jobId = await addJob(house.client, name, { connectionId: source }, { connectionId: destination });
    return { jobId, start: () => startRun(house.client, jobId) };
  }

  const access = () => ({
    ...base,
    URL: house.server.url,
    TOKEN: house.client.headers['authorization']?.replace('Bearer ', ''),
  });

  it.skipIf(!has('curl') || !has('bash'))(
    'curl.sh copies a folder into a project (skipped without curl or bash)',
    async () => {
      const folder = await house.folder('drawings');
      await plant(folder, files);
      const env = {
        ...base,
        URL: house.server.url,
        PASSWORD: ADMIN.password,
        FOLDER: folder,
        PROCORE_URL: house.sandbox.apiUrl,
      };
      const { stdout } = await run('bash', [path('examples/curl.sh')], { env, timeout: 60_000 });
      const answers = jsonLines(stdout);
      expect(answers.at(-1)).toMatchObject({
        data: { run: { state: 'SUCCEEDED', items: { nodes: expect.any(Array) as unknown[] } } },
      });
      const { files: there } = await contentOf(house.sandbox, seeded.emptyProjectId);
      const copied = Object.keys(there).filter((name) => name.startsWith('From the site/'));
      expect(copied.sort()).toEqual(['From the site/A-101.txt', 'From the site/Sections/S-1.txt']);
    },
  );

  it('follow-run.ts tells of a run until it ends', async () => {
    const runId = await (await newRun('Followed')).start();
    const { stdout } = await run(process.execPath, [path('examples/dist/follow-run.js'), runId], {
      env: access(),
      timeout: 60_000,
    });
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^SNAPSHOT /);
    expect(lines.at(-1)).toMatch(/^(SNAPSHOT|STATE) SUCCEEDED/);
  });

  describe('the guides of docs/api.md', () => {
    const settings = async () => {
      const folder = await house.folder('guides');
      await plant(folder, files);
      return { ...access(), FOLDER: folder, PROCORE_URL: house.sandbox.apiUrl };
    };

    it.skipIf(!has('curl') || !has('bash'))('work with curl (skipped without curl or bash)', async () => {
      const { stdout } = await run('bash', [path('examples/guides.sh')], { env: await settings(), timeout: 180_000 });
      const answers = jsonLines(stdout.replaceAll(/\n+/g, '\n'));
      expect(answers).toHaveLength(16);
      expect(answers[2]).toMatchObject({
        data: { mappingImport: { addedCount: 0, rowErrors: [{ line: 3 }, { line: 3, column: 'isRequired' }] } },
      });
      expect(answers[3]).toMatchObject({ data: { mappingImport: { addedCount: 1, rowErrors: [] } } });
      expect(answers[4]).toMatchObject({
        data: { mappingPreview: [{ destinationValue: 'From /A-101.txt' }, {}, {}] },
      });
      expect(answers[5]).toMatchObject({ data: { jobUpdate: { job: { issues: expect.any(Array) as unknown[] } } } });
      expect(answers[7]).toMatchObject({ data: { run: { state: 'SUCCEEDED' } } });
      expect(answers[10]).toMatchObject({ data: { node: { validation: { equalItems: 3, missingItems: 0 } } } });
      expect(answers[12]).toMatchObject({ errors: [{ extensions: { code: 'PAGE_SIZE_OUT_OF_RANGE' } }] });
      expect(answers.at(-1)).toMatchObject({
        data: { run: { events: [{ sequence: 4 }, {}, { state: 'SUCCEEDED' }] } },
      });
    });

    it('work in TypeScript, and the recorded resumption passes frame by frame', async () => {
      const env = await settings();
      const { stdout } = await run(process.execPath, [path('examples/dist/guides.js')], { env, timeout: 60_000 });
      expect(stdout).toContain('NOT_FOUND jobId There is no such job.\nThe same run.\n3 STATE PLANNING\n');
      expect(stdout).toMatch(/ STATE SUCCEEDED\n$/);
      const [, id = ''] = /^Run (\S+) has ended\.$/m.exec(stdout) ?? [];
      const { run: ended } = await house.client.request<{ run: { events: { cursor: string }[] } }>(
        'query ($id: ID!) { run(id: $id) { events(first: 1) { cursor } } }',
        { id },
      );
      const firstCursor = ended.events[0]?.cursor ?? '';
      const [, shown] = /### A recorded example[^]*?```text\n([^]*?)\n```/.exec(await text('docs/api.md')) ?? [];
      expect(await recordResumption(house.server.url, env.TOKEN ?? '', { id, firstCursor })).toBe(shown);
    });
  });

  describe('npx sluice', () => {
    const sluice = path('packages/cli/bin/sluice.mjs');
    const env = () => ({ ...base, SLUICE_URL: house.server.url, SLUICE_TOKEN: access().TOKEN });

    it('runs a job to its end, lists its items and writes a report of them', async () => {
      await newRun('By command');
      const ran = await run(process.execPath, [sluice, 'run', 'By command'], { env: env(), timeout: 60_000 });
      expect(ran.stdout).toBe('succeeded: 3 created\n');
      expect(ran.stderr).toMatch(/^Run 1 of “By command” has started[^]*succeeded\n$/);
      const items = await run(process.execPath, [sluice, 'items', 'By command', '--json'], { env: env() });
      expect(jsonLines(items.stdout)).toHaveLength(3);
      const output = join(await house.folder('report'), 'items.jsonl');
      const report = [sluice, 'report', 'By command', '--format', 'JSONL', '--output', output];
      await run(process.execPath, report, { env: env() });
      expect(jsonLines(await readFile(output, 'utf8'))).toHaveLength(3);
    });

    it('leaves a run to itself with Ctrl-C', async () => {
      const { jobId } = await newRun('Left alone');
      await house.client.mutate(
        'mutation ($id: ID!) { jobUpdate(id: $id, input: { approval: ALWAYS }) { userErrors { code message field } } }',
        { id: jobId },
      );
      const child = spawn(process.execPath, [sluice, 'run', jobId], { env: env() });
      let told = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => {
        if (!told.includes('awaiting approval') && (told + part).includes('awaiting approval')) child.kill('SIGINT');
        told += part;
      });
      expect(await once(child, 'close')).toEqual([130, null]);
      const [, runId = ''] = /The run goes on: “sluice follow (\S+)”/.exec(told) ?? [];
      expect((await readRun(house.client, runId)).state).toBe('AWAITING_APPROVAL');
    });
  });

  it.skipIf(!has('python3'))('subscribe.py tells of the changes of a run (skipped without python3)', async () => {
    const { jobId, start } = await newRun('Watched');
    const listening = run('python3', [path('examples/subscribe.py'), jobId, '2'], { env: access(), timeout: 60_000 });
    // The first change may come before the program listens; a later run tells it again.
    let isDone = false;
    void listening.finally(() => (isDone = true)).catch(() => undefined);
    const runIds: string[] = [];
    while (!isDone) runIds.push(await start().catch(() => ''));
    const changes = jsonLines((await listening).stdout);
    expect(changes).toHaveLength(2);
    for (const change of changes) {
      expect(runIds).toContain((change as { subjectId: string }).subjectId);
      expect(change).toMatchObject({
        cursor: expect.any(String) as string,
        subject: { state: expect.any(String) as string },
      });
    }
  });

  it.for([
    ['follow-run.ts', process.execPath, ['examples/dist/follow-run.js', 'x']],
    ['subscribe.py', 'python3', ['examples/subscribe.py']],
  ] as const)('%s says what is missing', async ([, program, [file, ...args]], { skip }) => {
    if (!has(program)) skip(`there is no ${program}`);
    const failed = run(program, [path(file), ...args], { env: { ...base, URL: house.server.url } });
    await expect(failed).rejects.toMatchObject({ stderr: expect.stringContaining('Set TOKEN') as string });
  });
});

it.each([
  ['bash', 'examples/guides.sh'],
  ['ts', 'examples/guides.ts'],
] as const)('docs/api.md shows the lines of the guides in %s', async (language, file) => {
  const page = await text('docs/api.md');
  const blocks = [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(8);
  const script = await text(file);
  const head = language === 'ts' ? /^\/\*[^]*?\*\/\n/ : /^#!.*\n#.*\nset .*\n\n/;
  expect(script.replace(head, '')).toBe(blocks.join('\n'));
});

it('the README shows the lines of curl.sh', async () => {
  const [readme, script] = await Promise.all(
    ['README.md', 'examples/curl.sh'].map((file) => readFile(path(file), 'utf8')),
  );
  const [, shown] = /## The same with curl[\s\S]*?```bash\n([\s\S]*?)```/.exec(readme ?? '') ?? [];
  const [, ...lines] = (script ?? '').split('\n\n');
  expect(shown).toBe(lines.join('\n\n'));
});
