import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './drizzle/tables.sqlite.cjs',
  out: './drizzle/sqlite',
  casing: 'snake_case',
});
