import {
  BREAK,
  coerceInputValue,
  GraphQLError,
  isInputType,
  Kind,
  typeFromAST,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import { hideSuggestions } from './suggestions.js';

/** Names and list positions that lead to a part of an input; the first is that of an argument or a variable. */
export type InputPath = readonly (string | number)[];

/** BAD_USER_INPUT for one part of an input; `extensions.field` names it as `field` does in `userErrors`. */
export function inputError(path: InputPath, complaint: string, node?: ASTNode): GraphQLError {
  const extensions = { code: 'BAD_USER_INPUT', field: path.map(String) };
  return new GraphQLError(`${path.join('.')} ${complaint}`, { nodes: node ?? null, extensions });
}

/** Errors for variables that graphql-js refuses, each with the path of the part that is wrong. */
export function variableErrors(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const { variable, type: written, defaultValue } of definitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, written);
    if (!isInputType(type) || (!(name in variables) && defaultValue !== undefined)) continue;
    coerceInputValue(variables[name], type, (path, value, { message }) => {
      const part = [name, ...path, ...fieldOf(message, value)];
      errors.push(inputError(part, `is wrong: ${hideSuggestions(message)}`, variable));
    });
  }
  return errors;
}

/** Of a name that a stranger gives. */
const MAX_NAME_CHARACTERS = 200;

/** The field of an object that graphql-js complains of, whose own path it tells only where the field has a wrong value. */
function fieldOf(message: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const missing = /^Field "(\w+)" of required type /.exec(message)?.[1];
  if (missing !== undefined) return [missing];
  const unknown = /^Field "(.*)" is not defined by type "\w+"/s.exec(message)?.[1];
  return unknown !== undefined && Object.hasOwn(value, unknown) ? [unknown.slice(0, MAX_NAME_CHARACTERS)] : [];
}

/** The part of an argument that a node of a document stands for; null when it is in no argument. */
export function inputPathOf(document: DocumentNode, target: ASTNode): InputPath | null {
  const path: (string | number)[] = [];
  let found: InputPath | null = null;
  visit(document, {
    enter(node, key, parent) {
      if (Array.isArray(parent) && typeof key === 'number' && isListEntry(node)) path.push(key);
      if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) path.push(node.name.value);
      if (node !== target) return undefined;
      found = path.length === 0 ? null : [...path];
      return BREAK;
    },
    leave(node, key, parent) {
      if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) path.pop();
      if (Array.isArray(parent) && typeof key === 'number' && isListEntry(node)) path.pop();
    },
  });
  return found;
}

/** Values that stand in an array of the document are entries of a list. */
function isListEntry(node: ASTNode): boolean {
  return node.kind.endsWith('Value') || node.kind === Kind.VARIABLE;
}
