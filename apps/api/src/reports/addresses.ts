import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '@sluice/core/http';
import type { Vault } from '../secrets/vault.js';

/** How long an address of a download is valid. */
export const ADDRESS_MS = 5 * 60_000;

export type DownloadPart = 'file' | 'signature';

export interface Download {
  reportId: string;
  part: DownloadPart;
}

/** Makes and checks the addresses of downloads, which need no sign-in: who has one may download one file for five minutes. */
export class DownloadAddresses {
  constructor(
    private readonly vault: Pick<Vault, 'digest'>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly publicUrl: string,
  ) {}

  of({ reportId, part }: Download): string {
    const until = this.clock.now() + ADDRESS_MS;
    return `${this.publicUrl}/downloads/${reportId}.${part}.${until}.${this.seal(reportId, part, until)}`;
  }

  /** What an address leads to: null when it was altered or never made, `LATE` when its time is over. */
  read(signed: string): Download | 'LATE' | null {
    const [, reportId = '', part = '', until = '', seal = ''] =
      /^([a-z]+_[0-9a-z]+)\.(file|signature)\.(\d{1,15})\.([\w-]+)$/.exec(signed) ?? [];
    const expected = Buffer.from(this.seal(reportId, part, Number(until)));
    const given = Buffer.from(seal);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    return this.clock.now() > Number(until) ? 'LATE' : { reportId, part: part as DownloadPart };
  }

  private seal(reportId: string, part: string, until: number): string {
    return this.vault.digest(['download', reportId, part, until]);
  }
}
