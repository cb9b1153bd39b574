// The first import of the bench: graphql-js reads it once, and the built product runs with it.
process.env['NODE_ENV'] = 'production';
