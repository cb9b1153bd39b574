import { createHash } from 'node:crypto';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import {
  GraphQLError,
  Kind,
  parse,
  validate,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { ServerLimits } from '../limits.js';
import { NO_TRACER, type Tracer } from '../tracing/tracer.js';
import { findInputs, type InputUse } from './input-check.js';
import { inputPathOf } from './input-error.js';
import { checkStaticLimits } from './static-limits.js';
import { hideSuggestions } from './suggestions.js';

/** What is known of a document, whatever its variables and its caller are. */
export interface CheckedDocument {
  errors: readonly GraphQLError[];
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What an operation of the document and the fragments that it reaches are given. */
  inputsOf: (operation: OperationDefinitionNode) => readonly InputUse[];
}

const hashes = new WeakMap<DocumentNode, string>();

/** By which operations of one document are found in the log: SHA-256 of its text as it was sent, in hex; of a kept document, made once. */
export function hashOf(document: DocumentNode): string {
  const known = hashes.get(document);
  if (known !== undefined) return known;
  const made = createHash('sha256')
    .update(document.loc?.source.body ?? '')
    .digest('hex');
  hashes.set(document, made);
  return made;
}

/** Largest number of errors that are reported for one document. */
export const MAX_ERRORS = 5;
/** Largest total length of the kept documents, in characters. */
const MAX_KEPT_CHARACTERS = 2 * 1024 * 1024;
const MAX_KEPT_DOCUMENTS = 1_000;

/** Parses and checks documents. Only valid ones are kept by their text, the latest used up to a bound, whoever sends them. */
export class Documents {
  private readonly checked = new WeakMap<DocumentNode, CheckedDocument>();
  private readonly kept = new InMemoryLRUCache<DocumentNode>({
    max: MAX_KEPT_DOCUMENTS,
    maxSize: MAX_KEPT_CHARACTERS,
    sizeCalculation: (document) => Math.max(1, document.loc?.end ?? MAX_KEPT_CHARACTERS),
  });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: ServerLimits,
    private readonly tracer: Tracer = NO_TRACER,
  ) {}

  get size(): number {
    return this.kept.keys().length;
  }

  /** Throws GRAPHQL_PARSE_FAILED, OPERATION_TOO_LARGE. */
  async parse(source: string): Promise<DocumentNode> {
    const known = await this.kept.get(source);
    if (known !== undefined) return known;
    const document = this.tracer.step('parse', () => parseWithin(source, this.limits.maxTokens));
    if (this.check(document).errors.length === 0) await this.kept.set(source, document);
    return document;
  }

  check(document: DocumentNode): CheckedDocument {
    const known = this.checked.get(document);
    if (known !== undefined) return known;
    const errors = this.tracer.step('validate', () => this.validate(document));
    const fragments = fragmentsOf(document);
    const inputs = new Map<OperationDefinitionNode, readonly InputUse[]>();
    const inputsOf = (operation: OperationDefinitionNode) => {
      const uses = inputs.get(operation) ?? findInputs(this.schema, [operation, ...reachable(operation, fragments)]);
      inputs.set(operation, uses);
      return uses;
    };
    const checked = { errors, fragments, inputsOf };
    this.checked.set(document, checked);
    return checked;
  }

  private validate(document: DocumentNode): readonly GraphQLError[] {
    const tooLarge = checkStaticLimits(document, this.limits);
    if (tooLarge !== null) return [tooLarge];
    const found = validate(this.schema, document, undefined, { maxErrors: MAX_ERRORS });
    return found.slice(0, MAX_ERRORS).map((error) => asValidationError(error, document));
  }
}

function parseWithin(source: string, maxTokens: number): DocumentNode {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const code = isTooManyTokens(error) ? 'OPERATION_TOO_LARGE' : 'GRAPHQL_PARSE_FAILED';
    const { message, source: text, positions } = error;
    throw new GraphQLError(message, { source: text, positions, extensions: { code } });
  }
}

/** Whether graphql-js stopped parsing because a document has more tokens than allowed. */
function isTooManyTokens(error: GraphQLError): boolean {
  return /contains more th\w+ \d+ tokens/.test(error.message);
}

/** Gives an error its code: GRAPHQL_VALIDATION_FAILED, unless a scalar has already refused the literal with BAD_USER_INPUT. */
function asValidationError(error: GraphQLError, document: DocumentNode): GraphQLError {
  const node = error.nodes?.[0];
  const code = error.extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED';
  const path = node === undefined ? null : inputPathOf(document, node);
  const extensions = path === null ? { code } : { code, field: path.map(String) };
  return new GraphQLError(hideSuggestions(error.message), { nodes: error.nodes ?? null, extensions });
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((node) => [node.name.value, node]));
}

function reachable(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Set<FragmentDefinitionNode> {
  const found = new Set<FragmentDefinitionNode>();
  const waiting: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || found.has(fragment)) return;
        found.add(fragment);
        waiting.push(fragment);
      },
    });
  }
  return found;
}
