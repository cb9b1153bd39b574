import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { settleDisk } from './trees.js';

const PEERS = ['rclone', 'rsync', 'cp'] as const;
export type Peer = (typeof PEERS)[number];

/** Programs that are compared with and are not installed. */
export function missingPeers(): Peer[] {
  return PEERS.filter((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined);
}

const COPY: Readonly<Record<Peer, (from: string, to: string) => string[]>> = {
  rclone: (from, to) => ['copy', from, to],
  rsync: (from, to) => ['-a', `${from}/`, to],
  cp: (from, to) => ['-a', `${from}/.`, to],
};

/** Seconds that the program takes to bring everything over, with its own defaults. */
export const secondsOfCopy = (peer: Peer, from: string, to: string): Promise<number> =>
  secondsOf(peer, COPY[peer](from, to));

/** Seconds that rclone takes to read both sides and compare their hashes. */
export const secondsOfCheck = (from: string, to: string): Promise<number> => secondsOf('rclone', ['check', from, to]);

async function secondsOf(program: Peer, args: readonly string[]): Promise<number> {
  await settleDisk();
  const begun = performance.now();
  // Without a configuration of the person who runs the bench.
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, RCLONE_CONFIG: '/dev/null' } });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with code ${code}.`);
  return (performance.now() - begun) / 1_000;
}
