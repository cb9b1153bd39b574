import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, link, mkdir, mkdtemp, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plant } from '../support/files.js';
import type { GraphqlClient } from '../support/graphql.js';
import { Server } from '../support/server.js';
import { addJob, addShare, outcomesOf, readItems, runToEnd, type RunItem } from '../support/work.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const NOBODY = 65_534;
const DEEP_LEVELS = 200;
/** Twenty-five folders of this name in one another are more than the 4,096 bytes that a path may have. */
const PATH_NAME = 'n'.repeat(200);

/** Runs a line of shell in a folder; false where this machine does not allow it. */
function shell(folder: string, line: string): boolean {
  try {
    execFileSync('sh', ['-ec', line], { cwd: folder, stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** Why the server cannot be run here as an account without powers whose files belong to others; null where it can. */
function obstacle(): string | null {
  if (process.getuid?.() !== 0) return 'only root can make files of other owners and run the server as somebody else';
  const program = fileURLToPath(new URL(import.meta.resolve('@sluice/api/program')));
  try {
    const look = `require('fs').accessSync(${JSON.stringify(program)})`;
    execFileSync(process.execPath, ['-e', look], { uid: NOBODY, gid: NOBODY, stdio: 'pipe' });
    return null;
  } catch {
    return 'the checkout is not readable for other accounts';
  }
}

const reason = obstacle();

describe.skipIf(reason !== null)(
  `a server that runs as an ordinary user${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    let base = '';
    let server: Server;
    let client: GraphqlClient;
    let jobId: string;
    const socket = createServer();
    let mayMount = false;
    let mayMakeDevices = false;
    const from = (path = '') => join(base, 'from', path);
    const to = (path = '') => join(base, 'to', path);

    beforeAll(async () => {
      base = await mkdtemp(join(tmpdir(), 'sluice-ordinary-'));
      await Promise.all([mkdir(from()), mkdir(to())]);
      await plant(from(), {
        'plain.txt': 'plain',
        'z last.txt': 'last',
        'secret.txt': 'secret',
        'closed 000/inside.txt': 'x',
        'names only 744/inside.txt': 'x',
        'ways only 711/inside.txt': 'x',
        'no writing/new.txt': 'x',
        'theirs.txt': 'first',
        [`${'d/'.repeat(DEEP_LEVELS)}deep.txt`]: 'deep',
      });
      await link(from('plain.txt'), from('hard link.txt'));
      for (const [name, target] of [
        ['loop', '.'],
        ['up', '..'],
        ['out', '/etc/hostname'],
        ['dangling', 'nothing'],
      ] as const)
        await symlink(target, from(name));
      shell(from(), 'mkfifo pipe');
      await once(socket.listen(from('socket')), 'listening');
      mayMakeDevices = shell(from(), 'mknod device c 1 3');
      shell(from(), `n=${PATH_NAME}; for i in $(seq 1 25); do mkdir $n; cd $n; done; echo x > too-deep.txt`);
      await mkdir(to('no writing'));
      execFileSync('chown', ['-R', '-h', `${NOBODY}:${NOBODY}`, base]);
      const shut: [string, number][] = [
        [from('secret.txt'), 0],
        [from('closed 000'), 0],
        [from('names only 744'), 0o744],
        [from('ways only 711'), 0o711],
        [to('no writing'), 0o755],
      ];
      for (const [path, mode] of shut) {
        await chown(path, 0, 0);
        await chmod(path, mode);
      }
      await mkdir(from('mounted'));
      mayMount = shell(from(), 'mount -t tmpfs -o size=64k,mode=755 tmpfs mounted && echo x > mounted/inside.txt');
      server = await Server.start({ account: NOBODY });
      client = await server.client();
      const [source, destination] = [await addShare(client, from(), 'From'), await addShare(client, to(), 'To')];
      jobId = await addJob(client, 'Copy', { connectionId: source }, { connectionId: destination });
    });
    afterAll(async () => {
      await server?.dispose();
      socket.close();
      if (mayMount) shell(from(), 'umount mounted');
      if (base !== '') execFileSync('rm', ['-rf', base]);
    });

    /** What was not copied or found the same: outcome and reason by path; what lies too deep by its first letters. */
    const leftAlone = (items: readonly RunItem[]): Record<string, string> =>
      Object.fromEntries(
        items
          .filter(({ outcome }) => outcome === 'FLAGGED' || outcome === 'SKIPPED')
          .filter(({ reason: why }) => why !== 'UNCHANGED')
          .map(({ sourcePath, outcome, reason: why }) => [sourcePath?.slice(1, 26) ?? '', `${outcome} ${why}`]),
      );

    const expected = () => ({
      'secret.txt': 'FLAGGED ACCESS_DENIED',
      'no writing/new.txt': 'FLAGGED ACCESS_DENIED',
      'names only 744/inside.txt': 'FLAGGED ACCESS_DENIED',
      'closed 000': 'FLAGGED LISTING_FAILED',
      'ways only 711': 'FLAGGED LISTING_FAILED',
      [PATH_NAME.slice(0, 25)]: 'FLAGGED LISTING_FAILED',
      ...Object.fromEntries(
        ['loop', 'up', 'out', 'dangling', 'pipe', 'socket', ...(mayMakeDevices ? ['device'] : [])].map((name) => [
          name,
          'SKIPPED SPECIAL_FILE',
        ]),
      ),
    });

    it('reports each thing that it cannot copy with its reason, copies the rest, and does the same again', async () => {
      const first = await runToEnd(client, jobId);
      expect(first.state).toBe('SUCCEEDED_WITH_ISSUES');
      const items = await readItems(client, first.id);
      expect(leftAlone(items)).toEqual(expected());
      const flagged = items.filter(({ outcome }) => outcome === 'FLAGGED');
      for (const { remedy, sourcePath } of flagged)
        expect(remedy, sourcePath?.slice(0, 60)).toEqual(expect.any(String));
      const copied = ['plain.txt', 'hard link.txt', 'z last.txt', 'theirs.txt', `${'d/'.repeat(DEEP_LEVELS)}deep.txt`];
      for (const path of [...copied, ...(mayMount ? ['mounted/inside.txt'] : [])])
        expect((await readFile(to(path))).equals(await readFile(from(path))), path).toBe(true);

      // A file of another owner is replaced, and belongs to the server's account afterwards.
      await chown(to('theirs.txt'), 0, 0);
      await writeFile(from('theirs.txt'), 'second');
      const second = await runToEnd(client, jobId);
      expect(leftAlone(await readItems(client, second.id))).toEqual(expected());
      expect(outcomesOf(second)).toMatchObject({ UPDATED: 1 });
      expect(outcomesOf(second)).not.toHaveProperty('CREATED');
      expect(await readFile(to('theirs.txt'), 'utf8')).toBe('second');
      expect((await stat(to('theirs.txt'))).uid).toBe(NOBODY);
    });
  },
);
