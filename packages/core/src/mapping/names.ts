/** A name as people compare it: without case, accents, punctuation and surplus spaces. Empty when nothing is left. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A key, value or address as programs compare it: without case and outer spaces. */
export const foldedKey = (key: string): string => key.trim().normalize('NFC').toLowerCase();

/** `jsmith` of `OFFICE\jsmith` and of `jsmith@example.com`. */
export function userNameOf(key: string): string {
  const name = key.slice(key.lastIndexOf('\\') + 1);
  return name.split('@', 1)[0]!;
}

export const looksLikeEmail = (key: string): boolean => /^[^@\s]+@[^@\s]+$/.test(key.trim());

/**
 * Values by names: a name is found as it is written, else without regard to case unless several differ by their case only.
 */
export class NameTable<T> {
  private readonly exact = new Map<string, T>();
  private readonly folded = new Map<string, T | null>();

  constructor(rows: Iterable<readonly [string, T]>) {
    for (const [name, value] of rows) {
      const key = name.normalize('NFC');
      if (this.exact.has(key)) continue;
      this.exact.set(key, value);
      this.folded.set(foldedKey(key), this.folded.has(foldedKey(key)) ? null : value);
    }
  }

  get size(): number {
    return this.exact.size;
  }

  find(name: string): T | null {
    return this.exact.get(name.normalize('NFC')) ?? this.folded.get(foldedKey(name)) ?? null;
  }
}
