import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/tables.pg.cjs',
  out: './drizzle/pg',
  casing: 'snake_case',
});
