import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphqlClient } from '../support/graphql.js';
import { cutOff, makeJournaledDisk, mountDisk, syncDisk, unmountWhole } from '../support/mounts.js';
import { Server } from '../support/server.js';

const DISK_BYTES = 256 * 1024 * 1024;
const DISKS = ['store', 'share'] as const;
/** Becomes the program in a room of its own, in which the machine was started when the file says. */
const OTHER_START = [
  'unshare',
  '--mount',
  'sh',
  '-c',
  'mount --bind "$0" /proc/sys/kernel/random/boot_id && exec "$@"',
];

/**
 * The built product on a machine whose power can be cut: its store and a share are on disks of their own, which keep what
 * was written to them until then and nothing of what was in memory. What it copies from is on another machine.
 */
export class CutMachine implements AsyncDisposable {
  private readonly base = mkdtempSync(join(tmpdir(), 'sluice-cut-'));
  private made: { server: Server; client: GraphqlClient } | null = null;

  static async open(): Promise<CutMachine> {
    const machine = new CutMachine();
    for (const disk of DISKS) makeJournaledDisk(machine.imageOf(disk), DISK_BYTES);
    machine.mount();
    try {
      await machine.startFirst();
    } catch (error) {
      await machine[Symbol.asyncDispose]();
      throw error;
    }
    return machine;
  }

  private async startFirst(): Promise<void> {
    this.changeStart();
    const server = await Server.start({ dataDir: this.at('store'), through: [...OTHER_START, this.at('boot-id')] });
    this.made = { server, client: await server.client() };
  }

  get client(): GraphqlClient {
    return this.running.client;
  }

  /** A folder on the disk of the share, or outside of the machine. */
  folder(where: 'share' | 'elsewhere', name: string): string {
    const path = this.at(where, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Makes durable what was set up, so that it is no part of what a cut may take. */
  settle(): void {
    for (const disk of DISKS) syncDisk(this.at(disk));
  }

  /** What is in memory is gone from here on, and no process runs; the disks can be looked at. */
  async cut(): Promise<void> {
    const { server } = this.running;
    for (const pid of [server.pid, ...server.workers]) process.kill(pid, 'SIGKILL');
    cutOff(...DISKS.map((disk) => this.at(disk)));
    await server.kill9();
    await this.unmount();
    this.mount();
  }

  async startAgain(): Promise<void> {
    this.changeStart();
    await this.running.server.run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.made?.server.dispose();
    await this.unmount();
    rmSync(this.base, { recursive: true });
  }

  private get running() {
    if (!this.made) throw new Error('The machine is not open.');
    return this.made;
  }

  private mount(): void {
    for (const disk of DISKS) {
      mkdirSync(this.at(disk), { recursive: true });
      mountDisk(this.imageOf(disk), this.at(disk));
    }
  }

  private async unmount(): Promise<void> {
    for (const disk of DISKS) await unmountWhole(this.imageOf(disk), this.at(disk));
  }

  private changeStart(): void {
    writeFileSync(this.at('boot-id'), `${randomUUID()}\n`);
  }

  private at(...path: string[]): string {
    return join(this.base, ...path);
  }

  private imageOf(disk: (typeof DISKS)[number]): string {
    return this.at(`${disk}.img`);
  }
}
