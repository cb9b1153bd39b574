import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters in the form of a ULID, random throughout but for a plausible start. */
export function ulid(): string {
  return `01K${Array.from(randomBytes(23), (byte) => crockford[byte % 32]).join('')}`;
}

/** Random text of letters, digits, `-` and `_`. */
export const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Hex signature of the parts, which may hold any text but a line feed. */
export function sign(secret: string, ...parts: readonly (string | number)[]): string {
  return createHmac('sha256', secret).update(parts.join('\n')).digest('hex');
}

/** Compares two texts in a time that does not tell where they differ. */
export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A time as Procore writes it: UTC, whole seconds, `Z`. */
export const timestamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
