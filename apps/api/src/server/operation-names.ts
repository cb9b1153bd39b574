import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { KnownDocuments } from '../graphql/known-documents.js';

/** Names of operations that are measured by themselves; those beyond share OTHER. */
const MAX_NAMES = 200;
export const OTHER = 'other';

/**
 * Names under which operations are measured: their own where the document is a known one, so that no caller invents one.
 * Found out once for an operation of a kept document.
 */
export class OperationNames {
  private readonly names = new Set<string>();
  private readonly found = new WeakMap<OperationDefinitionNode, string>();

  constructor(
    private readonly known: Pick<KnownDocuments, 'has'>,
    private readonly maxNames = MAX_NAMES,
  ) {}

  of({ document, operation }: { document?: DocumentNode; operation?: OperationDefinitionNode }): string {
    if (document === undefined || operation === undefined) return OTHER;
    const name = this.found.get(operation) ?? this.nameOf(document, operation);
    this.found.set(operation, name);
    return name;
  }

  private nameOf(document: DocumentNode, { name }: OperationDefinitionNode): string {
    if (name === undefined || !this.known.has(document)) return OTHER;
    if (!this.names.has(name.value) && this.names.size >= this.maxNames) return OTHER;
    this.names.add(name.value);
    return name.value;
  }
}
