import {
  getArgumentValues,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { DEFAULT_BOUND, type Bound } from './bounds.js';
import { inputError, type InputPath } from './input-error.js';

/** A field of an operation that is given arguments. */
export interface InputUse {
  field: GraphQLField<unknown, unknown>;
  node: FieldNode;
}

type Report = (path: InputPath, complaint: string) => void;

const CONTROL = /[\p{Cc}\p{Cs}]/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** The fields within operations and fragments that are given arguments; the nodes have to be valid. */
export function findInputs(schema: GraphQLSchema, nodes: Iterable<ASTNode>): InputUse[] {
  const uses: InputUse[] = [];
  const types = new TypeInfo(schema);
  const collect = (node: FieldNode) => {
    const field = types.getFieldDef();
    if (field && node.arguments?.length) uses.push({ field, node });
  };
  for (const node of nodes) visit(node, visitWithTypeInfo(types, { Field: collect }));
  return uses;
}

/** What is wrong with the texts and lists that an operation is given, at most `maxErrors` complaints. */
export function checkInputs(
  uses: readonly InputUse[],
  variables: Record<string, unknown>,
  maxErrors: number,
): GraphQLError[] {
  const errors: GraphQLError[] = [];
  for (const { field, node } of uses) {
    const values = getArgumentValues(field, node, variables);
    const bounds = argumentBoundsOf(field);
    const report: Report = (path, complaint) => {
      if (errors.length < maxErrors) errors.push(inputError(path, complaint, node));
    };
    for (const { name, type, extensions } of field.args) {
      checkValue(type, { ...boundOf(extensions), ...bounds[name] }, values[name], [name], report);
    }
  }
  return errors;
}

function checkValue(type: GraphQLInputType, bound: Bound, value: unknown, path: InputPath, report: Report): void {
  if (value === undefined || value === null) return;
  const given = getNullableType(type);
  if (isListType(given)) checkList(given.ofType, bound, value as unknown[], path, report);
  else if (isInputObjectType(given)) {
    const fields = given.getFields();
    for (const [name, inner] of Object.entries(value)) {
      const field = fields[name];
      if (field !== undefined) checkValue(field.type, boundOf(field.extensions), inner, [...path, name], report);
    }
  } else if (typeof value === 'string' && !isEnumType(given)) {
    checkText(value, { ...DEFAULT_BOUND, ...boundOf(given.extensions), ...bound }, path, report);
  }
}

function checkList(type: GraphQLInputType, bound: Bound, values: unknown[], path: InputPath, report: Report): void {
  const { maxEntries } = { ...DEFAULT_BOUND, ...bound };
  if (values.length > maxEntries) return report(path, `has at most ${show(maxEntries)} entries.`);
  values.forEach((value, index) => checkValue(type, bound, value, [...path, index], report));
}

function checkText(text: string, bound: Required<Bound>, path: InputPath, report: Report): void {
  if (text.length > bound.maxCharacters) report(path, `has at most ${show(bound.maxCharacters)} characters.`);
  else if ((bound.isMultiline ? CONTROL_BUT_LINES : CONTROL).test(text)) {
    report(path, `must not contain control characters${bound.isMultiline ? ' but line breaks and tabs' : ''}.`);
  }
}

function boundOf(extensions: Readonly<Record<string, unknown>>): Bound {
  return (extensions['bound'] as Bound | undefined) ?? {};
}

function argumentBoundsOf({ extensions }: GraphQLField<unknown, unknown>): Readonly<Record<string, Bound>> {
  return (extensions['argumentBounds'] as Record<string, Bound> | undefined) ?? {};
}

function show(count: number): string {
  return count.toLocaleString('en');
}

/** Throws when a field declares the bound of an argument that it does not have. */
export function checkArgumentBounds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const unknown = Object.keys(argumentBoundsOf(field)).find((name) => !field.args.some((arg) => arg.name === name));
      if (unknown !== undefined) throw new Error(`${type.name}.${field.name} bounds "${unknown}", which it lacks.`);
    }
  }
}
