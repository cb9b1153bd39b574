import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const passedIn = 'comes in as an argument (a Clock, a Fetch, a random): core has to run under a fake one.';

const RESTRICTED_SYNTAX = [
  {
    selector: "CallExpression[callee.property.name='transaction'] > ArrowFunctionExpression[async=true]",
    message: 'better-sqlite3 cannot await inside a transaction: use the transactor of apps/api/src/db.',
  },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: one thing has one name everywhere.' },
];

export default defineConfig(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/migrations/**', '**/*.d.ts', '**/.turbo/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Decorated files need value imports for their types.
      '@typescript-eslint/consistent-type-imports': 'off',
      // A function may be async for its contract alone.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', ...RESTRICTED_SYNTAX],
    },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'packages/core/src/testing/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'process', 'performance', 'crypto'].map((name) => ({
          name,
          message: `What ${name} gives ${passedIn}`,
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: `The time ${passedIn}` },
        { object: 'Math', property: 'random', message: `Chance ${passedIn}` },
      ],
    },
  },
  {
    files: ['apps/{api,admin}/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/*testing.ts', 'apps/api/src/{connections,db/tables,demo,reads}/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...RESTRICTED_SYNTAX,
        {
          selector: 'Literal[value=/^(PROCORE|NETWORK_FILE_SHARE|OBJECT_STORAGE)$/]',
          message: 'Only apps/api/src/connections asks which platform it is; others ask for a capability or a limit.',
        },
      ],
    },
  },
  // Plain scripts and the configurations of tools belong to no TypeScript project.
  {
    files: ['**/*.{mjs,cjs}', '**/*.config.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
);
