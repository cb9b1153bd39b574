/** `npm run verify-audit`: follows the chain of the audit log of the server with these settings. */
import { readConfig } from '../config.js';
import { openDatabase } from '../db/open-database.js';
import { readSecretKey } from '../secrets/secret-key.js';
import { Vault } from '../secrets/vault.js';
import { AuditStore } from './audit.store.js';
import { sentenceOf, verifyChain } from './verify.js';

const config = readConfig(process.env);
const vault = new Vault(readSecretKey(config));
// The server may run at the same time.
const db = await openDatabase({ ...config, role: 'api' }, { hasPeers: true });
const verdict = await verifyChain(new AuditStore(db, vault), vault);
await db.close();
process.stdout.write(`${sentenceOf(verdict)}\n`);
process.exitCode = verdict.isWhole ? 0 : 1;
