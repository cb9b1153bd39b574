import { pgKit } from './kit.js';
import { defineTables } from './schema.js';

export const tables = defineTables(pgKit);
