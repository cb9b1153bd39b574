import { PlatformError, type Platform } from '@sluice/core/platform';
import { createFilesharePlatform } from '@sluice/fileshare';
import { createProcorePlatform } from '@sluice/procore';
import type { ConnectionRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { folderOf, type FileShareSettings, type ProcoreConnectionSettings } from '../db/tables/connections.js';
import type { ShareRoots } from '../shares/share-roots.js';
import type { Clients } from './clients.js';
import type { ConnectionStore } from './connection.store.js';
import { createNoteStore } from './note.store.js';
import { createTokenStore, type TokenParts } from './token.store.js';

interface OpenPlatform {
  /** The settings, client and sign-in that the platform was made from; another value means that it has to be made again. */
  key: string;
  platform: Promise<Platform>;
}

export interface PlatformParts extends TokenParts {
  base: Pick<Base, 'clock' | 'random' | 'fetch'>;
  clients: Clients;
  store: ConnectionStore;
  shareRoots: ShareRoots;
}

/** Platforms of connections, made once and shared by everything in this process that uses the connection. */
export class PlatformPool {
  private readonly opened = new Map<string, OpenPlatform>();
  /** Platforms whose connection has changed since; work that still uses one goes on with it. */
  private readonly retired: Promise<Platform>[] = [];

  constructor(private readonly parts: PlatformParts) {}

  /** The connection's platform as it is configured now. Throws `PlatformError` when the connection is not complete. */
  async open(connectionId: string): Promise<Platform> {
    const row = await this.parts.store.byId(connectionId);
    if (row === null) throw new PlatformError('NOT_FOUND', 'The connection does not exist any more.');
    return this.openRow(row);
  }

  /** Throws `PlatformError` when the connection is not complete, or its folder may not be a share any more. */
  async openRow(row: ConnectionRow): Promise<Platform> {
    // A platform that is open already is checked too: links, mounts and settings may have changed since it was opened.
    const folder = folderOf(row.settings);
    if (folder !== null) await this.admit(folder);
    const key = JSON.stringify([row.settings, row.method, row.credential, row.signInId]);
    const known = this.opened.get(row.id);
    if (known?.key === key) return known.platform;
    if (known !== undefined) this.retired.push(known.platform);
    const platform = this.make(row);
    this.opened.set(row.id, { key, platform });
    platform.catch(() => {
      if (this.opened.get(row.id)?.platform === platform) this.opened.delete(row.id);
    });
    return platform;
  }

  async close(): Promise<void> {
    const all = [...this.retired.splice(0), ...[...this.opened.values()].map(({ platform }) => platform)];
    this.opened.clear();
    await Promise.allSettled(all.map(async (platform) => (await platform).close()));
  }

  private async make(row: ConnectionRow): Promise<Platform> {
    const { settings } = row;
    switch (settings.kind) {
      case 'PROCORE':
        return this.makeProcore(row, settings);
      case 'NETWORK_FILE_SHARE':
        return this.makeShare(settings);
    }
  }

  private makeShare({ location: root, durability, manifest: hasManifest }: FileShareSettings): Promise<Platform> {
    const { clock, random } = this.parts.base;
    const admitRoot = (folder: string) => this.admit(folder);
    return createFilesharePlatform({ root, clock, random, durability, hasManifest, admitRoot });
  }

  private async admit(folder: string): Promise<void> {
    const refusal = await this.parts.shareRoots.refusalOf(folder);
    if (refusal === null) return;
    throw new PlatformError('ACCESS_DENIED', refusal.message, { remedy: refusal.remedy });
  }

  private async makeProcore(row: ConnectionRow, settings: ProcoreConnectionSettings): Promise<Platform> {
    const { clock, random, fetch } = this.parts.base;
    const client = this.parts.clients.clientOf(row);
    const opened = await this.parts.clients.openBudget(row);
    if (client === null || opened === null) {
      throw new PlatformError('CREDENTIALS_INVALID', 'The connection has no client.', {
        remedy: this.parts.clients.statusOf(row).statusMessage,
      });
    }
    const { loginUrl, apiUrl, companyId, projectId } = settings;
    const forbiddenCharacters = settings.forbiddenCharacters ? [...settings.forbiddenCharacters] : undefined;
    return createProcorePlatform({
      settings: { loginUrl, apiUrl, companyId, projectId, forbiddenCharacters },
      client,
      grant: row.method === 'OAUTH_CLIENT_CREDENTIALS' ? 'CLIENT_CREDENTIALS' : 'AUTHORIZATION_CODE',
      tokens: createTokenStore(this.parts, row),
      notes: createNoteStore(this.parts, row),
      budget: opened.budget,
      fetch,
      clock,
      random,
    });
  }
}
