import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox, SandboxInput } from '@sluice/procore-sandbox';
import type { GraphqlClient } from './graphql.js';
import { accessTo, startEmptySandbox } from './sandbox.js';
import { Server, type ServerOptions } from './server.js';
import { addProcore } from './work.js';

/** A sandbox, the product beside it, a connection between the two, and temporary folders; all gone after `close`. */
export class House {
  private readonly folders: string[] = [];

  private constructor(
    readonly sandbox: Sandbox,
    readonly server: Server,
    readonly client: GraphqlClient,
    /** Connection to the sandbox's first project. */
    readonly procoreId: string,
  ) {}

  static async open(sandboxOptions: SandboxInput = {}, serverOptions: ServerOptions = {}): Promise<House> {
    const [sandbox, server] = await Promise.all([startEmptySandbox(sandboxOptions), Server.start(serverOptions)]);
    try {
      const client = await server.client();
      return new House(sandbox, server, client, await addProcore(client, accessTo(sandbox)));
    } catch (error) {
      await Promise.all([server.dispose(), sandbox.close()]);
      throw error;
    }
  }

  async folder(name: string): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), `sluice-${name}-`));
    this.folders.push(path);
    return path;
  }

  async close(): Promise<void> {
    await this.server.dispose();
    await this.sandbox.close();
    for (const folder of this.folders) await rm(folder, { recursive: true, force: true });
  }
}
