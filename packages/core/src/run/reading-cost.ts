import { fileIdentityOf, isVersionFile } from '../plan/index.js';
import { identityOf, type Item, type Source } from '../platform/index.js';
import { REMEMBERED_FILES } from './former-contents.js';

/**
 * Calls that reading what is transferred is expected to cost: the source is asked once for the versions of a file that has several,
 * or of all files of its folder.
 */
export class ReadingCost {
  private readonly asked = new Set<string>();

  constructor(
    private readonly source: Pick<Source, 'costOfVersions' | 'tellsVersionsByFolder'> | undefined,
    /** Versions of a file that come as versions. */
    private readonly most: number,
  ) {}

  of(item: Item): number {
    const areAsked = isVersionFile(item) || (item.formerVersions !== undefined && this.most > 1);
    return areAsked && this.isFirst(this.askedFor(item)) ? (this.source?.costOfVersions ?? 0) : 0;
  }

  private askedFor(item: Item): string {
    if (this.source?.tellsVersionsByFolder && item.parentId !== null) return `in ${item.parentId}`;
    return isVersionFile(item) ? fileIdentityOf(item) : identityOf(item);
  }

  /** Whether nobody asked for the same lately: so much is remembered of it while files are read. */
  private isFirst(asked: string): boolean {
    const isFirst = !this.asked.delete(asked);
    this.asked.add(asked);
    if (this.asked.size > REMEMBERED_FILES) this.asked.delete(this.asked.values().next().value!);
    return isFirst;
  }
}
