import { createCipheriv, createDecipheriv, createHash, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A stored secret was sealed with another key, or altered. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
}

/**
 * Seals secrets before they are stored: AES-256-GCM with a key of its own for every record, derived from the installation's
 * key. This folder holds that key and what is done with it; what is a secret, and where it may be sent, is decided in
 * `connections/`, and passwords of people are hashed in `access/`.
 */
export class Vault {
  /** Identifies the installation's key without revealing it, to tell which key sealed a record. */
  readonly keyId: string;
  private readonly master: Buffer;

  /** `secretKey`: at least 32 characters of any text. */
  constructor(secretKey: string) {
    this.master = createHash('sha256').update(secretKey).digest();
    this.keyId = createHash('sha256').update('key id').update(this.master).digest('hex').slice(0, 8);
  }

  /** Seals a JSON value for the record `owner`; opening it for another record fails. */
  seal(value: unknown, owner: string): string {
    const salt = randomBytes(SALT_BYTES);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.recordKey(salt), nonce).setAAD(Buffer.from(owner));
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return [VERSION, this.keyId, Buffer.concat([salt, nonce, cipher.getAuthTag(), body]).toString('base64url')].join(
      '.',
    );
  }

  /** Throws `SealBrokenError`. */
  open<T>(sealed: string, owner: string): T {
    const [version, keyId, text] = sealed.split('.');
    if (version !== VERSION || keyId !== this.keyId || text === undefined) {
      throw new SealBrokenError('A stored secret was sealed with another SLUICE_SECRET_KEY.');
    }
    const bytes = Buffer.from(text, 'base64url');
    const [nonceAt, tagAt, bodyAt] = [SALT_BYTES, SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES];
    const key = this.recordKey(bytes.subarray(0, nonceAt));
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt)).setAAD(Buffer.from(owner));
    try {
      cipher.setAuthTag(bytes.subarray(tagAt, bodyAt));
      return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(bodyAt)), cipher.final()]).toString('utf8')) as T;
    } catch {
      throw new SealBrokenError('A stored secret was altered.');
    }
  }

  /** Keyed hash of a JSON value, for comparing what may hold secrets without keeping it. */
  digest(value: unknown): string {
    return createHmac('sha256', this.master).update(JSON.stringify(value)).digest('base64url');
  }

  /** 32 bytes for one purpose, always the same for this installation. */
  keyFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.master, '', purpose, 32));
  }

  private recordKey(salt: Uint8Array): Buffer {
    return Buffer.from(hkdfSync('sha256', this.master, salt, 'sluice record', 32));
  }
}

/** Hash of a random token of at least 128 bits, which needs no salt. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
