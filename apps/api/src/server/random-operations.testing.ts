import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
} from 'graphql';
import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';

/** Values at the edges of what each scalar takes, and beyond, as they are written in an operation. */
const EDGES: Readonly<Record<string, readonly string[]>> = {
  Boolean: ['true', 'false', '1'],
  Float: ['0', '-1', '0.5', '1e308', '"1"'],
  Int: ['0', '1', '-1', '25', '100', '101', '2147483647', '2147483648', '"1"'],
  SafeInt: ['0', '1', '-1', '9007199254740991', '9007199254740992', '1.5'],
  DateTime: ['"2026-11-27T12:00:00.000Z"', '"0000-01-01T00:00:00Z"', '"9999-12-31T23:59:59.999Z"', '"tomorrow"', '5'],
  TimeZone: ['"Europe/Berlin"', '"UTC"', '"Mars/Base"'],
};
/** What is tried for a text: also what stands in an address, a path, a pattern, an expression or a page. */
const TEXTS = [
  '""',
  '"a"',
  '" "',
  '"/"',
  '"/a/../b"',
  '"Ä\\u0308"',
  '"\\u0000"',
  '"\\u202e"',
  '"%_\\\\"',
  '"<b>"',
  '"* * * * *"',
  '"https://169.254.169.254/"',
  '"\\ud83d\\ude00"',
  '"not a password of anybody"',
  `"${'x'.repeat(200)}"`,
  `"${'y'.repeat(1_001)}"`,
];
/** Any of them as often as the others: edges are among the values that are drawn. */
const upTo = (max: number) => fc.noBias(fc.nat({ max }));
const MAX_DEPTH = 4;
const MAX_INPUT_DEPTH = 4;

/** What random operations draw from. */
export interface OperationOptions {
  schema: GraphQLSchema;
  /** Identifiers of objects that exist. */
  ids: readonly string[];
  /** Coordinates of fields that are left out. */
  leftOut: ReadonlySet<string>;
}

/** Operations of a schema with any fields, arguments, aliases and fragments; most are valid. */
export function randomOperations(options: OperationOptions): fc.Arbitrary<string> {
  return fc.gen().map((draw) => new Writer(options, draw).operation());
}

class Writer {
  private aliases = 0;

  constructor(
    private readonly options: OperationOptions,
    private readonly draw: GeneratorValue,
  ) {}

  operation(): string {
    const { schema } = this.options;
    const kind = this.oneOf(['query', 'query', 'query', 'mutation', 'subscription'] as const);
    const types = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    };
    const root = types[kind];
    if (!root) return '{ __typename }';
    return `${kind} ${this.selection(root, 0, kind === 'subscription' ? 1 : this.oneOf([1, 1, 2]))}`;
  }

  private selection(type: GraphQLCompositeType, depth: number, most = this.oneOf([1, 2, 3])): string {
    const parts = Array.from({ length: most }, () => this.part(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  private part(type: GraphQLCompositeType, depth: number): string {
    if (isUnionType(type) || (!isObjectType(type) && this.isChance(0.4))) {
      const member = this.oneOf(this.options.schema.getPossibleTypes(type));
      return `... on ${member.name} ${this.selection(member, depth)}`;
    }
    const fields = Object.values(type.getFields()).filter(({ name }) => !this.isLeftOut(type, name));
    const reachable = depth < MAX_DEPTH ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    if (reachable.length === 0 || this.isChance(0.05)) return '__typename';
    return this.field(this.oneOf(reachable), depth);
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    const alias = this.isChance(0.97) ? `a${(this.aliases += 1)}: ` : '';
    const directive = this.isChance(0.03) ? ' @include(if: true)' : '';
    const inner = isCompositeType(type) ? ` ${this.selection(type, depth + 1)}` : '';
    return `${alias}${field.name}${this.arguments(field.args)}${directive}${inner}`;
  }

  private arguments(given: readonly GraphQLArgument[]): string {
    const chosen = given.filter(({ type }) => (isNonNullType(type) ? !this.isChance(0.02) : this.isChance(0.35)));
    const parts = chosen.map(({ name, type }) => `${name}: ${this.value(type, 0)}`);
    return parts.length === 0 ? '' : `(${parts.join(', ')})`;
  }

  private value(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.isChance(0.01) ? 'null' : this.value(type.ofType, depth);
    if (this.isChance(0.03)) return 'null';
    if (isListType(type)) {
      const count = this.oneOf([0, 1, 1, 2]);
      return `[${Array.from({ length: count }, () => this.value(type.ofType, depth + 1)).join(', ')}]`;
    }
    return this.named(type, depth);
  }

  private named(type: GraphQLNamedInputType, depth: number): string {
    if (isEnumType(type)) return this.isChance(0.02) ? 'NONE_OF_THEM' : this.oneOf(type.getValues()).name;
    if (isInputObjectType(type)) return this.object(type, depth);
    if (type.name === 'ID') return JSON.stringify(this.oneOf([...this.options.ids, 'job_999', '', 'con']));
    return this.oneOf(EDGES[type.name] ?? TEXTS);
  }

  private object(type: GraphQLInputObjectType, depth: number): string {
    const fields = Object.values(type.getFields());
    const isDeep = depth >= MAX_INPUT_DEPTH;
    const isWanted = (needed: boolean) => (needed ? !this.isChance(0.02) : !isDeep && this.isChance(0.3));
    const chosen = type.isOneOf
      ? [this.oneOf(fields), ...(this.isChance(0.03) ? fields : [])]
      : fields.filter((field) => isWanted(isNonNullType(field.type) && field.defaultValue === undefined));
    return `{${[...new Set(chosen)].map(({ name, type: inner }) => `${name}: ${this.value(inner, depth + 1)}`).join(', ')}}`;
  }

  private isLeftOut(type: GraphQLCompositeType, name: string): boolean {
    return this.options.leftOut.has(`${type.name}.${name}`);
  }

  private isChance(chance: number): boolean {
    return this.draw(upTo, 999) < chance * 1_000;
  }

  private oneOf<T>(values: readonly T[]): T {
    return values[this.draw(upTo, values.length - 1)] as T;
  }
}
