// `npm start`: the product with its demo, unless SLUICE_DEMO says otherwise.
process.env.SLUICE_DEMO ??= '1';
await import('../apps/api/dist/program/main.js');
