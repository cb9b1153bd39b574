import { defineConfig } from 'rolldown';

/** What holds machine code, or starts threads from its own files. */
const NATIVE = ['better-sqlite3', '@node-rs/argon2', 'koffi', 'pino'];
/** What a library takes where it is installed; it is not. */
const OPTIONAL = ['bufferutil', 'class-validator', 'pg-native', 'utf-8-validate'];

/**
 * The program that people start, out of what the compiler wrote: a few files instead of 1,700, which start in a bit more
 * than half of the processor's time. It lies as deep in `dist` as the files that look for a neighbour of `dist` by its path.
 */
export default defineConfig({
  cwd: import.meta.dirname,
  input: { main: 'dist/main.js', 'disk/thread': '../../packages/fileshare/dist/disk/thread.js' },
  external: [...NATIVE, ...OPTIONAL],
  platform: 'node',
  // graphql-js looks for a second copy of itself at every value of an answer, unless it is told that it runs for people.
  transform: { define: { 'process.env.NODE_ENV': JSON.stringify('production') } },
  output: {
    dir: 'dist/program',
    cleanDir: true,
    chunkFileNames: '[name].js',
    // A polyfill runs before what needs it, whichever file each comes to lie in.
    strictExecutionOrder: true,
  },
  onLog(level, log, handle) {
    handle(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log);
  },
});
