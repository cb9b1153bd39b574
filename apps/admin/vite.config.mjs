import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** Where `vite` finds the API during development; the built application is served by the API itself. */
const api = process.env.SLUICE_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  // The server puts the path of its public address in the place of each "./" in the entry page.
  base: './',
  plugins: [
    react(),
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(js|css|svg|mjs)$/, threshold: 1_000 }),
  ],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // What each page loads, for the test of its weight.
    manifest: true,
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The catalogues without their words, in one file: the routes of all features name them.
            { name: 'catalogues', test: /src\/(.*\/)?(words|language\/catalogue)\.ts$/ },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'graphql', test: /node_modules\/(@apollo|graphql|rxjs|optimism|zen-observable-ts)\// },
          ],
        },
      },
    },
  },
  server: { proxy: { '/graphql': { target: api, ws: true }, '/oauth': { target: api }, '/health': { target: api } } },
});
