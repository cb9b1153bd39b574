import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';

const SAMPLES: Readonly<Record<string, unknown>> = {
  ID: 'job_0',
  String: 'some text',
  Int: 1,
  Float: 0.5,
  Boolean: false,
  SafeInt: 1,
  URL: 'https://example.com/',
  DateTime: '2030-01-01T00:00:00Z',
  Duration: 'PT1H',
  TimeZone: 'Europe/Berlin',
  LocalTime: '08:00',
};

/** A root field with values for the arguments that it needs. */
export interface Sample {
  /** Declarations of variables, such as `$id: ID!`. */
  declared: string[];
  /** The field with its arguments and the least selection. */
  field: string;
  variables: Record<string, unknown>;
}

type AnyField = GraphQLField<unknown, unknown>;

/** The field with any value for each argument that it needs, and for those of the given names. */
export function sampleOf({ name, args, type }: AnyField, given: Readonly<Record<string, unknown>> = {}): Sample {
  const isNeeded = (argument: AnyField['args'][number]) =>
    argument.name in given || (isNonNullType(argument.type) && argument.defaultValue === undefined);
  const needed = args.filter(isNeeded);
  const variable = (argument: string) => `${name}_${argument}`;
  const passed = needed.map((argument) => `${argument.name}: $${variable(argument.name)}`).join(', ');
  const selection = isCompositeType(getNamedType(type)) ? ' { __typename }' : '';
  return {
    declared: needed.map((argument) => `$${variable(argument.name)}: ${String(argument.type)}`),
    field: `${name}${passed === '' ? '' : `(${passed})`}${selection}`,
    variables: Object.fromEntries(
      needed.map((argument) => [variable(argument.name), given[argument.name] ?? valueOf(argument.type)]),
    ),
  };
}

/** One operation with the samples. */
export function operationOf(kind: 'query' | 'mutation' | 'subscription', samples: readonly Sample[]) {
  const declared = samples.flatMap((sample) => sample.declared).join(', ');
  return {
    query: `${kind} ${declared === '' ? '' : `(${declared})`} { ${samples.map(({ field }) => field).join(' ')} }`,
    variables: Object.assign({}, ...samples.map(({ variables }) => variables)) as Record<string, unknown>,
  };
}

/** Any value that the type takes; of inputs with alternatives the first. */
function valueOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return [valueOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isScalarType(type)) return SAMPLES[type.name];
  if (!isInputObjectType(type)) throw new Error('There is no such input.');
  const fields = Object.values(type.getFields());
  const given = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(given.map((field) => [field.name, valueOf(field.type)]));
}
