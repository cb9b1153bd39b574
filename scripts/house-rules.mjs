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

const COMPONENT_LINES = 40;

/** Lines that a body has between its braces, or in all where it is an expression. */
const linesOf = ({ type, loc: { start, end } }) => end.line - start.line + (type === 'BlockStatement' ? -1 : 1);

/** A component is read whole: what it shows and what it keeps fits on a screen. */
const componentBody = {
  create: (context) => {
    const check = (name, { body }) => {
      const lines = linesOf(body);
      if (!/^[A-Z]/.test(name ?? '') || lines <= COMPONENT_LINES) return;
      const message = `${name} has ${lines} lines of body, ${COMPONENT_LINES} are allowed: make components of its parts, and a hook of what it keeps.`;
      context.report({ node: body, message });
    };
    return {
      FunctionDeclaration: (node) => check(node.id?.name, node),
      FunctionExpression: (node) => check(node.id?.name, node),
      VariableDeclarator: ({ id, init }) => init?.type === 'ArrowFunctionExpression' && check(id.name, init),
    };
  },
};

const isFixed = ({ type, value }) => type === 'Property' && value.type === 'Literal';

/** What does not depend on anything stands in the style sheet, where the themes and widths are. */
const computedStyle = {
  create: (context) => ({
    JSXAttribute(node) {
      const object = node.name.name === 'style' ? node.value?.expression : undefined;
      if (object?.type !== 'ObjectExpression' || !object.properties.every(isFixed)) return;
      const message = 'Nothing here is computed: make a class of it in the style sheet of the room.';
      context.report({ node, message });
    },
  }),
};

export default {
  meta: { name: 'house' },
  rules: {
    'component-body': componentBody,
    'computed-style': computedStyle,
    'no-waiting-transaction': noWaitingTransaction,
    'only-connections-ask-the-platform': onlyConnectionsAskThePlatform,
  },
};
