// Rules of this house that the linter does not have; `.oxlintrc.json` says where each holds, test/imports that it bites.

/** better-sqlite3 cannot wait inside a transaction: what follows the first `await` would run outside of it. */
const noWaitingTransaction = {
  create: (context) => ({
    CallExpression(node) {
      const [work] = node.arguments;
      const isTransaction = node.callee.type === 'MemberExpression' && node.callee.property.name === 'transaction';
      if (!isTransaction || work?.type !== 'ArrowFunctionExpression' || !work.async) return;
      const message = 'better-sqlite3 cannot await inside a transaction: use the transactor of apps/api/src/db.';
      context.report({ node: work, message });
    },
  }),
};

const PLATFORM_KINDS = new Set(['PROCORE', 'NETWORK_FILE_SHARE', 'OBJECT_STORAGE']);

/** A feature that asks for the kind of a platform breaks with the next kind; a capability or a limit says what it needs. */
const onlyConnectionsAskThePlatform = {
  create: (context) => ({
    Literal(node) {
      if (!PLATFORM_KINDS.has(node.value)) return;
      const message =
        'Only apps/api/src/connections asks which platform it is; others ask for a capability or a limit.';
      context.report({ node, message });
    },
  }),
};

export default {
  meta: { name: 'house' },
  rules: {
    'no-waiting-transaction': noWaitingTransaction,
    'only-connections-ask-the-platform': onlyConnectionsAskThePlatform,
  },
};
