/** Restricts planning to some source keys, with all below them; the folders above them are needed to get there. */
export class Restriction {
  private readonly wanted: ReadonlySet<string> | null;
  private readonly above = new Set<string>();

  constructor(only: readonly string[] | null) {
    this.wanted = only && new Set(only);
    for (const key of only ?? []) for (const folder of foldersAbove(key)) this.above.add(folder);
  }

  /** Whether everything is included. */
  get isWhole(): boolean {
    return this.wanted === null;
  }

  includes(key: string): boolean {
    if (!this.wanted || this.wanted.has(key) || this.above.has(key)) return true;
    return foldersAbove(key).some((folder) => this.wanted!.has(folder));
  }
}

function foldersAbove(key: string): string[] {
  const segments = key.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
