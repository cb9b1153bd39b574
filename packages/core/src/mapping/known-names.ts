import type { DirectoryEntry } from '../platform/index.js';
import type { AutomaticMatch } from './mapping-set.js';
import { foldedKey, looksLikeEmail, plainName, userNameOf } from './names.js';
import { SimilarNames } from './similar-names.js';

/** What is known of a name at the source; without a directory there only its key. */
export type SoughtName = Pick<DirectoryEntry, 'key' | 'label' | 'email'>;

export interface FoundName {
  key: string;
  match: AutomaticMatch;
  /** From 0 to 1, below 1 only for FUZZY. */
  confidence: number;
}

/**
 * The names of a destination, found in the ways that a mapping set lists. A way that finds several names finds none: the wrong
 * person is worse than nobody.
 */
export class KnownNames {
  private readonly lookups: Readonly<Record<AutomaticMatch, (sought: SoughtName) => Omit<FoundName, 'match'> | null>>;

  constructor(entries: readonly DirectoryEntry[]) {
    const keys = new Set(entries.map(({ key }) => key));
    const names = new Lazy(() => unique(entries, ({ label }) => plainName(label)));
    const emails = new Lazy(() => unique(entries, ({ email }) => foldedKey(email ?? '')));
    const users = new Lazy(() => unique(entries, (entry) => foldedKey(userNameOf(emailOf(entry) ?? entry.key))));
    const similar = new Lazy(() => new SimilarNames(entries.map(({ key, label }) => ({ name: label, value: key }))));
    this.lookups = {
      ID: ({ key }) => exactly(keys.has(key) ? key : null),
      NAME: ({ label }) => exactly(names.value.get(plainName(label))),
      EMAIL: (sought) => exactly(emails.value.get(foldedKey(emailOf(sought) ?? ''))),
      USERNAME: ({ key, email }) =>
        exactly(users.value.get(foldedKey(userNameOf(key))) ?? users.value.get(foldedKey(userNameOf(email ?? '')))),
      FUZZY: ({ label }) => {
        const found = similar.value.find(label);
        return found && { key: found.value, confidence: found.confidence };
      },
    };
  }

  find(sought: SoughtName, matches: readonly AutomaticMatch[]): FoundName | null {
    for (const match of matches) {
      const found = this.lookups[match](sought);
      if (found) return { ...found, match };
    }
    return null;
  }
}

const emailOf = ({ key, email }: Pick<SoughtName, 'key' | 'email'>) => email ?? (looksLikeEmail(key) ? key : null);

const exactly = (key: string | null | undefined) => (key ? { key, confidence: 1 } : null);

/** Keys by what entries are called; null where several are called so. Entries without such a name are left out. */
function unique(entries: readonly DirectoryEntry[], nameOf: (entry: DirectoryEntry) => string) {
  const keys = new Map<string, string | null>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (name !== '') keys.set(name, keys.has(name) ? null : entry.key);
  }
  return keys;
}

/** Made when it is first asked for: a directory may have many names, and a set few matches. */
class Lazy<T extends object> {
  private made: T | null = null;

  constructor(private readonly make: () => T) {}

  get value(): T {
    return (this.made ??= this.make());
  }
}
