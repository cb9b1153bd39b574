// drizzle-kit looks for tables among the exports of this file; run after `tsc -b`.
Object.assign(module.exports, require('../dist/db/schema.pg.js').tables);
