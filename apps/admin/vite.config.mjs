import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';
import { documentsPlugin } from './documents.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Where `vite` finds the API during development; the built application is served by the API itself. */
const api = process.env.SLUICE_API ?? 'http://127.0.0.1:4000';

/** The entry page goes over the line as it is: without comments and indentation. */
const shortPage = {
  name: 'short-page',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replaceAll(/<!--[^]*?-->/g, '').replaceAll(/\n\s+/g, '\n'),
  },
};

export default defineConfig({
  // The server puts the path of its public address in the place of each "./" in the entry page.
  base: './',
  plugins: [
    react(),
    shortPage,
    documentsPlugin(at('src/'), at('dist/documents.json')),
    compression({ algorithms: ['gzip', 'brotliCompress'], include: /\.(js|css|svg|mjs)$/, threshold: 200 }),
  ],
  resolve: {
    // React has this hook itself.
    alias: { 'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector' },
    // RxJS has classes of its own under this name, and else those of the browsers before 2015.
    conditions: ['es2015', ...defaultClientConditions],
  },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // What each page loads, for the test of its weight.
    manifest: true,
    target: 'es2022',
    // Browsers of today load modules ahead by themselves.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What the routes of all features name, in one file: the catalogues without their words, and what stands in addresses.
            { name: 'routes', test: /src\/(.*\/)?(words|asked|language\/catalogue|routing\/search)\.ts$/ },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'router', test: /node_modules\/@tanstack\/(react-router|router-core|history|react-store|store)\// },
            { name: 'graphql', test: /node_modules\/(@apollo|graphql|rxjs|optimism|zen-observable-ts)\// },
            // Whatever else the first page needs: few files come faster than many, and are smaller.
            { name: 'start', tags: ['$initial'], test: (id) => !/(index\.html|src\/main\.tsx)$/.test(id) },
            // Names are there before anything is looked up. What runs tell also has words of plans; together they are smaller.
            { name: 'names', test: /src\/language\/told\/names\.ts$/ },
            { name: 'translator', test: /src\/language\/told\/(forms|shared|sides|template|translator)\.ts$/ },
            { name: 'told', test: /src\/language\/told\/(plans|runs)/ },
            // What most pages share: as small files each would go over the line uncompressed, or compressed for itself alone.
            { name: 'pages', minShareCount: 45, test: /\.(js|mjs|ts|tsx)$/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/graphql': { target: api, ws: true }, '/oauth': { target: api }, '/health': { target: api } } },
});
