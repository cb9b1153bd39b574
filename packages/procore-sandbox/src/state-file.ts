import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorldState } from './model/types.js';

const SHORTEST_DELAY_MS = 300;
/** A large state is written seldom: writing may take this share of the time that passes. */
const WRITING_SHARE = 0.05;

/** Keeps a state in a file of the data folder: soon after a change, and at the end. A killed process loses the last changes. */
export class StateFile {
  private timer: NodeJS.Timeout | null = null;
  private delayMs = SHORTEST_DELAY_MS;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataDir: string,
    private readonly state: WorldState,
  ) {}

  /** Plans a write; calls until then are covered by it. */
  changed(): void {
    this.timer ??= setTimeout(() => void this.save().catch(() => undefined), this.delayMs);
  }

  /** Writes now what is not yet written; rejects when the folder can not be written. */
  async save(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.catch(() => undefined).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const started = performance.now();
    const path = join(this.dataDir, 'state.json');
    await mkdir(this.dataDir, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, JSON.stringify(this.state, pack), { mode: 0o600 });
    await rename(`${path}.new`, path);
    this.delayMs = Math.max(SHORTEST_DELAY_MS, (performance.now() - started) / WRITING_SHARE);
  }
}

/** The state that an earlier sandbox left in the folder; null when there is none. */
export async function loadState(dataDir: string): Promise<WorldState | null> {
  const text = await readFile(join(dataDir, 'state.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text, unpack) as WorldState);
}

function pack(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...(value as Map<unknown, unknown>)] };
  if (value instanceof Set) return { $set: [...(value as Set<unknown>)] };
  return value;
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { $map, $set } = value as { $map?: [unknown, unknown][]; $set?: unknown[] };
  if ($map) return new Map($map);
  return $set ? new Set($set) : value;
}
