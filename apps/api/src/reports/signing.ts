import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { Vault } from '../secrets/vault.js';

/** The beginning of an Ed25519 private key in PKCS #8, before its 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs reports with a key of the installation, which follows from its secret key. */
export class ReportSigner {
  private readonly key: KeyObject;
  /** The public key as PEM, by which anybody checks a report. */
  readonly publicKey: string;

  constructor(vault: Pick<Vault, 'keyFor'>) {
    const der = Buffer.concat([PKCS8_HEAD, vault.keyFor('sluice reports')]);
    this.key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    this.publicKey = createPublicKey(this.key).export({ type: 'spki', format: 'pem' }).toString();
  }

  /** The detached signature of a file by its SHA-256 in hex, in Base64. */
  sign(sha256: string): string {
    return sign(null, Buffer.from(signedText(sha256)), this.key).toString('base64');
  }
}

/** What is signed; `scripts/verify-report.mjs` makes the same text of a file. */
function signedText(sha256: string): string {
  return `sluice report sha-256 ${sha256}\n`;
}

/** The file of a detached signature, which `npm run verify-report` reads beside the report. */
export function signatureFile({ sha256, signature }: { sha256: string | null; signature: string | null }): string {
  return `${JSON.stringify({ algorithm: 'Ed25519', sha256, signature }, null, 2)}\n`;
}
