import { Kind, OperationTypeNode, visit, BREAK, type DocumentNode } from 'graphql';

/** Fields whose value is the same for everybody, signed in or not, for as long as the server runs. */
const PUBLIC_FIELDS: ReadonlySet<string> = new Set(['server', 'version', '__typename']);

const found = new WeakMap<DocumentNode, boolean>();

/**
 * Whether the answer to a document is the same for everybody, so that caches between client and server may keep it: one
 * query of public fields, without variables, directives and fragments. Found out once for a document.
 */
export function isPublic(document: DocumentNode): boolean {
  const known = found.get(document);
  if (known !== undefined) return known;
  const [operation, second] = document.definitions;
  const isOneQuery =
    second === undefined &&
    operation?.kind === Kind.OPERATION_DEFINITION &&
    operation.operation === OperationTypeNode.QUERY;
  const made = isOneQuery && hasPublicFieldsOnly(document);
  found.set(document, made);
  return made;
}

function hasPublicFieldsOnly(document: DocumentNode): boolean {
  let isOnly = true;
  const stop = () => {
    isOnly = false;
    return BREAK;
  };
  visit(document, {
    Field: ({ name, arguments: given = [] }) =>
      PUBLIC_FIELDS.has(name.value) && given.length === 0 ? undefined : stop(),
    InlineFragment: stop,
    Directive: stop,
    VariableDefinition: stop,
  });
  return isOnly;
}
