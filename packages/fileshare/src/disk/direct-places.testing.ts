import { createHash } from 'node:crypto';
import type { DirectTransfer } from '@sluice/core/platform';
import { present } from '../testing/share-fixture.js';
import { arrivalsOf } from './arrivals.js';
import { carryOutDirectly } from './direct.js';
import type { DirectReport } from './direct-news.js';
import { givenIn } from './given.js';
import { HeldPlace } from './held-place.testing.js';
import type { Wish } from './messages.js';
import { packFiles, unpackFiles } from './packed-files.js';
import type { DirectFile, PackedFiles } from './packed-files.js';
import type { ShareFacts } from './share-root.js';
import type { SyncPolicy } from './write.js';

type More = Partial<Pick<DirectTransfer, 'isProved' | 'inDoubtSince'>>;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Two shares in the thread of a test, between which files are carried over. */
export class DirectPlaces {
  readonly from = new HeldPlace();
  readonly to: HeldPlace;

  constructor(facts: Partial<ShareFacts> = {}) {
    this.to = new HeldPlace(facts);
  }

  /** Files of the source as the thread of a share is asked to bring them to the root of the other one. */
  pack(paths: readonly string[], fsync: SyncPolicy = 'never', more: More = {}): PackedFiles {
    const parent = present(this.to.share.find([]));
    const transfers = paths.map((path): DirectTransfer => {
      const source = present(this.from.share.find(path.split('/')));
      return {
        key: path,
        source: { ...source, size: present(source.size) },
        parent,
        name: path.replaceAll('/', ' '),
        ...more,
      };
    });
    return packFiles(transfers, 10, { run: 'run', suffix: 'abc', fsync, accessed: 5n }, givenIn);
  }

  /** Likewise one of them. */
  file(path: string, more: More = {}): DirectFile {
    return present([...unpackFiles(this.pack([path], 'never', more))][0]);
  }

  /** Carries them over; each report is answered with the next wish, the last ones with the last. */
  reports(files: PackedFiles, wishes: readonly Wish[] = ['GO_ON']): DirectReport[] {
    const carrying = carryOutDirectly(this.from.share, this.to.share, files);
    const reports: DirectReport[] = [];
    for (let next = carrying.next(); !next.done;) {
      reports.push(next.value);
      next = carrying.next(wishes[Math.min(reports.length, wishes.length) - 1] ?? 'GO_ON');
    }
    return reports;
  }

  dispose(): void {
    this.from.dispose();
    this.to.dispose();
  }
}

/** Places in the batch, with the SHA-256, of the files that are told to have arrived. */
export const arrivedIn = (reports: readonly DirectReport[]): [index: number, sha256: string][] =>
  reports.flatMap(({ arrived }) =>
    [...arrivalsOf(arrived)].map(([arrival]): [number, string] => [arrival.index, arrival.sha256]),
  );
