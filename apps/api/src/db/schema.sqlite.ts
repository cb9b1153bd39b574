import { sqliteKit } from './kit.js';
import { defineTables } from './schema.js';

export const tables = defineTables(sqliteKit);
