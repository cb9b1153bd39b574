import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** What is signed, as in Standard Webhooks. */
export interface SignedMessage {
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/** A new signing secret: `whsec_` and 32 random bytes in Base64. */
export function newSigningSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** The header `webhook-signature`: one signature for each secret, separated by spaces; the receiver accepts any of them. */
export function signatureHeader(secrets: readonly string[], message: SignedMessage): string {
  return secrets.map((secret) => signatureOf(secret, message)).join(' ');
}

function signatureOf(secret: string, { id, timestamp, body }: SignedMessage): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
