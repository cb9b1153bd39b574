import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, readConfig } from '../app.js';
import { createLog } from '../log.js';
import { printApiSchema } from './schema.js';

/** Writes the schema as it is served to the given path, else to schema.graphql. */
const out = process.argv[2] ?? new URL('../../schema.graphql', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'sluice-schema-'));
const app = await createApp(readConfig({ SLUICE_DATA: folder }), { log: createLog('silent') });
writeFileSync(out, printApiSchema(app.schema));
await app.close();
rmSync(folder, { recursive: true, force: true });
