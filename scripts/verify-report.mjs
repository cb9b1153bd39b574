// `npm run verify-report -- FILE`: whether a report is as the server made it, by its detached signature FILE.sig and the
// server's public key, which it serves at /downloads/report-key.pem.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';

const HELP = 'npm run verify-report -- FILE [--signature FILE.sig] [--key report-key.pem]';

class Unverified extends Error {}

async function hashOf(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

function read(path, what) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Unverified(`${what} ${path} cannot be read (${error.code}). ${HELP}`);
  }
}

function signatureIn(text) {
  try {
    return Buffer.from(JSON.parse(text).signature, 'base64');
  } catch {
    throw new Unverified('The signature is damaged: it has to be the file that signatureUrl leads to.');
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { signature: { type: 'string' }, key: { type: 'string', default: 'report-key.pem' } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Unverified(HELP);
  const signature = signatureIn(read(values.signature ?? `${file}.sig`, 'The signature'));
  const key = createPublicKey(read(values.key, 'The key'));
  const sha256 = await hashOf(file).catch((error) => {
    throw new Unverified(`The report ${file} cannot be read (${error.code}). ${HELP}`);
  });
  if (!verify(null, Buffer.from(`sluice report sha-256 ${sha256}\n`), key, signature))
    throw new Unverified(`${file} is not as the server made it, or was made by another one.`);
  process.stdout.write(`✓ ${file} is as the server made it (SHA-256 ${sha256})\n`);
}

main().catch((error) => {
  process.stderr.write(`✗ ${error.message}\n`);
  process.exitCode = 1;
});
