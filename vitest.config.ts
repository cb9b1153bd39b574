import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './scripts/slow-first.mjs';

const require = createRequire(import.meta.url);
const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: {
    alias: [
      // One graphql: type-graphql is loaded by Node as CommonJS, our source by Vite as ESM.
      { find: /^graphql$/, replacement: require.resolve('graphql') },
      { find: /^@sluice\/core\/(.*)$/, replacement: source('packages/core/src/$1/index.ts') },
      { find: /^@sluice\/fileshare\/testing$/, replacement: source('packages/fileshare/src/testing/index.ts') },
      {
        find: /^@sluice\/(client|fileshare|procore|procore-sandbox)$/,
        replacement: source('packages/$1/src/index.ts'),
      },
      { find: /^@sluice\/api$/, replacement: source('apps/api/src/app.ts') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    globalSetup: ['./scripts/fresh-program.mjs'],
    setupFiles: ['reflect-metadata'],
    // System tests wait for servers, restarts and calls two thirds of their time, and are the first that are begun.
    maxWorkers: availableParallelism() + 3,
    // A worker loads each module once, not once for every test file: no module keeps anything from test to test.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    // Against tests that hang, not slow ones: enough for a machine on which everything else runs too.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
