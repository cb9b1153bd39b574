import {
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ServerLimits } from '../limits.js';
import { requestError } from './errors.js';

/** Root fields that an operation may hold once: many of them in one operation would make guessing passwords cheap. */
const ONCE_PER_OPERATION = new Set(['signIn', 'passwordChange', 'apiTokenCreate']);

/** Size of a selection, its fragments written out. */
interface SelectionSize {
  depth: number;
  aliases: number;
  /** Names of the fields at the top of the selection. */
  fields: string[];
}

const EMPTY: SelectionSize = { depth: 0, aliases: 0, fields: [] };

/** What a document demands before its variables and the schema are known, in the published order. Null when all is within limits. */
export function checkStaticLimits(document: DocumentNode, limits: ServerLimits): GraphQLError | null {
  const extents = measureOperations(document, limits.maxRootFields);
  const most = (of: (extent: SelectionSize) => number) => Math.max(0, ...extents.map(of));
  if (most((extent) => extent.depth) > limits.maxDepth) {
    return requestError('OPERATION_TOO_DEEP', `An operation nests fields at most ${limits.maxDepth} deep.`);
  }
  if (most((extent) => extent.aliases) > limits.maxAliases) {
    return requestError('TOO_MANY_ALIASES', `An operation has at most ${limits.maxAliases} aliases.`);
  }
  if (most((extent) => extent.fields.length) > limits.maxRootFields) {
    return requestError('OPERATION_TOO_LARGE', `An operation has at most ${limits.maxRootFields} root fields.`);
  }
  if (countDirectives(document) > limits.maxDirectives) {
    return requestError('OPERATION_TOO_LARGE', `A document has at most ${limits.maxDirectives} directives.`);
  }
  return checkRepeated(extents);
}

function checkRepeated(extents: SelectionSize[]): GraphQLError | null {
  for (const { fields } of extents) {
    const repeated = fields.find((name, index) => ONCE_PER_OPERATION.has(name) && fields.indexOf(name) !== index);
    if (repeated !== undefined)
      return requestError('OPERATION_TOO_LARGE', `An operation has ${repeated} at most once.`);
  }
  return null;
}

function measureOperations(document: DocumentNode, maxFields: number): SelectionSize[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measured = new Map<string, SelectionSize>();
  const operations = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  return operations.map((operation) => measure(operation.selectionSet));

  function measure(set: SelectionSetNode): SelectionSize {
    const parts = set.selections.map((selection): SelectionSize => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return measure(selection.selectionSet);
      const inner = selection.selectionSet === undefined ? EMPTY : measure(selection.selectionSet);
      const isIntrospection = selection.name.value.startsWith('__');
      return {
        depth: isIntrospection ? 0 : inner.depth + 1,
        aliases: inner.aliases + (selection.alias === undefined ? 0 : 1),
        fields: [selection.name.value],
      };
    });
    return {
      depth: Math.max(0, ...parts.map((part) => part.depth)),
      aliases: parts.reduce((sum, part) => sum + part.aliases, 0),
      // Beyond one more than the limit the exact number does not matter, and nested fragments could make the list endless.
      fields: parts.flatMap((part) => part.fields).slice(0, maxFields + 1),
    };
  }

  /** Each fragment is measured once, so nesting them does not multiply the work; a cycle is left to validation. */
  function measureFragment(name: string): SelectionSize {
    const known = measured.get(name);
    const fragment = fragments.get(name);
    if (known !== undefined || fragment === undefined) return known ?? EMPTY;
    measured.set(name, EMPTY);
    const extent = measure(fragment.selectionSet);
    measured.set(name, extent);
    return extent;
  }
}

function countDirectives(document: DocumentNode): number {
  let count = 0;
  visit(document, { Directive: () => void count++ });
  return count;
}
