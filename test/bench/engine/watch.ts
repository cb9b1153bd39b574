import { readdirSync, readFileSync } from 'node:fs';
import type { GraphqlClient } from '../../support/graphql.js';
import { percentile } from './figure.js';

const EVERY_MS = 50;
const MIB_IN_KIB = 1024;

export interface Watched {
  /** 99 of 100 answers took at most so long. */
  liveMs: number;
  queryMs: number;
  /** Most memory that one process of the server had at a time. */
  peakMib: number;
  /** Seconds of processors that its processes used, of those that live at the end. */
  cpuSeconds: number;
}

/** Watches the server from outside while something runs: how fast its API answers, and how much memory it takes. */
export class Watch {
  private readonly live: number[] = [];
  private readonly query: number[] = [];
  private peakKib = 0;
  private isOver = false;
  private readonly cpuBefore: number;
  private readonly loops: Promise<void>[];

  constructor(
    private readonly client: GraphqlClient,
    private readonly pid: number,
    jobId: string,
  ) {
    this.cpuBefore = cpuSecondsBelow(pid);
    const job = 'query ($id: ID!) { job(id: $id) { id name state } }';
    this.loops = [
      this.repeat(() => timed(this.live, () => this.askLive())),
      this.repeat(() => timed(this.query, () => client.request(job, { id: jobId }))),
      this.repeat(() => this.lookAtMemory()),
    ];
  }

  async end(): Promise<Watched> {
    this.isOver = true;
    await Promise.all(this.loops);
    return {
      liveMs: percentile(this.live, 0.99),
      queryMs: percentile(this.query, 0.99),
      peakMib: this.peakKib / MIB_IN_KIB,
      cpuSeconds: cpuSecondsBelow(this.pid) - this.cpuBefore,
    };
  }

  private async repeat(work: () => unknown): Promise<void> {
    while (!this.isOver) {
      await work();
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  private async askLive(): Promise<void> {
    const reply = await fetch(`${this.client.url}/health/live`);
    await reply.arrayBuffer();
    if (!reply.ok) throw new Error(`/health/live answered ${reply.status}.`);
  }

  private lookAtMemory(): void {
    for (const pid of withDescendants(this.pid)) this.peakKib = Math.max(this.peakKib, peakKibOf(pid));
  }
}

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await work();
  times.push(performance.now() - begun);
}

/** The most memory that a process had so far; 0 when it is gone. */
function peakKibOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Linux counts hundredths of a second, as user and as system; they follow the name of the program, which stands in brackets. */
const TICKS_A_SECOND = 100;

function cpuSecondsBelow(root: number): number {
  const ticks = withDescendants(root).map((pid) => {
    const fields = textOf(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_A_SECOND;
}

function withDescendants(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(/^PPid:\s+(\d+)/m.exec(textOf(`/proc/${name}/status`))?.[1] ?? 0)]),
  );
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
