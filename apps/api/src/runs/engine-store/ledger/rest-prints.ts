import { createHash } from 'node:crypto';

const RULES_CHARACTERS = 8;

/** What a folder was listed as, and by which rules, as one short text. */
export class RestPrints {
  /** All prints by these rules begin so. */
  readonly start: string;

  constructor(rules: string) {
    this.start = `${digest(rules).slice(0, RULES_CHARACTERS)}:`;
  }

  /** See `PackedItems.fingerprints`. */
  of(fingerprints: string): string {
    return this.start + digest(fingerprints);
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
