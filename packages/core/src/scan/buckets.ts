/** Figures of one class of files. */
export interface ScanBucket {
  label: string;
  fileCount: number;
  byteCount: number;
}

const OTHERS = 'others';

/** Files by class; classes beyond the bound are counted together. */
export class Buckets {
  private readonly byLabel: Map<string, ScanBucket>;
  private readonly others: ScanBucket = { label: OTHERS, fileCount: 0, byteCount: 0 };

  /** `labels`: classes that are told in this order also when they are empty. */
  constructor(
    labels: readonly string[] = [],
    private readonly maxClasses = Infinity,
  ) {
    this.byLabel = new Map(labels.map((label) => [label, { label, fileCount: 0, byteCount: 0 }]));
  }

  add(label: string, bytes: number): void {
    const bucket = this.bucketOf(label);
    bucket.fileCount += 1;
    bucket.byteCount += bytes;
  }

  private bucketOf(label: string): ScanBucket {
    const known = this.byLabel.get(label);
    if (known) return known;
    if (this.byLabel.size >= this.maxClasses) return this.others;
    const made = { label, fileCount: 0, byteCount: 0 };
    this.byLabel.set(label, made);
    return made;
  }

  /** In the order of the labels, then as the classes came. */
  inOrder(): ScanBucket[] {
    return [...this.byLabel.values()];
  }

  /** Those with the most bytes first, at most so many, the last of them for all others. */
  largest(limit: number): ScanBucket[] {
    const sorted = this.inOrder().sort(
      (a, b) => b.byteCount - a.byteCount || b.fileCount - a.fileCount || (a.label < b.label ? -1 : 1),
    );
    const isWhole = sorted.length <= limit && this.others.fileCount === 0;
    if (isWhole) return sorted;
    const rest = [...sorted.slice(limit - 1), this.others].reduce(together, {
      ...this.others,
      fileCount: 0,
      byteCount: 0,
    });
    return [...sorted.slice(0, limit - 1), rest];
  }
}

const together = (sum: ScanBucket, { fileCount, byteCount }: ScanBucket): ScanBucket => ({
  ...sum,
  fileCount: sum.fileCount + fileCount,
  byteCount: sum.byteCount + byteCount,
});
