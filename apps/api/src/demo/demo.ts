import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoGrants } from '../config.js';
import { FOLDER_MODE, makeDataFolder } from '../start/data-folder.js';
import { writeSite } from './files/write.js';
import { furnish, type DemoHost } from './furnish.js';
import { readNotes, writeNotes, type DemoNotes } from './notes.js';
import { SITE } from './places.js';
import { startDemoSandbox, type DemoSandbox } from './sandbox.js';

export type { DemoHost } from './furnish.js';

/**
 * The demo: a Procore sandbox and a folder of example files, both in the data folder, with connections and a job for them,
 * so that the product can be tried without an account. It uses the public API only and no other folder depends on it. The
 * sandbox starts before the product's runs go on; connections and job are created once the product has started.
 */
export class Demo {
  private constructor(
    private readonly folder: string,
    private readonly sandbox: DemoSandbox,
    private readonly notes: DemoNotes,
  ) {}

  /** `port`: the product's; the sandbox takes the next three if they are free. Rejects when the folder cannot be written. */
  static async open({ dataFolder, port }: { dataFolder: string; port: number }): Promise<Demo> {
    makeDataFolder(dataFolder);
    const folder = join(dataFolder, 'demo');
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    const notes = await readNotes(folder);
    await writeSite(join(folder, SITE));
    return new Demo(folder, await startDemoSandbox(join(folder, 'sandbox'), port), notes);
  }

  /** The folder and the hosts of the demo, which the product's settings would refuse without it, and its system default. */
  get grants(): DemoGrants {
    const { origins, signInClient, url } = this.sandbox;
    return {
      siteFolder: join(this.folder, SITE),
      procoreOrigins: origins,
      procoreClient: { ...signInClient, loginUrl: url },
    };
  }

  /** Creates the connections and the job, unless they are there from an earlier start. */
  async furnish(host: DemoHost): Promise<void> {
    const notes = await furnish(host, {
      siteFolder: join(this.folder, SITE),
      sandbox: this.sandbox,
      notes: this.notes,
    });
    await writeNotes(this.folder, notes);
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }
}
