import type { GraphQLSchema } from 'graphql';
import { getNamedType, isObjectType, type GraphQLField } from 'graphql';
import type { Context } from './context.js';
import { prefixOfType } from './types.js';

/** Who asks for something, and from where. */
export type Asker = Pick<Context, 'caller' | 'address' | 'requestId' | 'concerned'>;

/** A mutation that somebody asks for. */
export interface MutationCall {
  /** Name of the field, such as `jobUpdate`. */
  action: string;
  args: Readonly<Record<string, unknown>>;
  context: Asker;
  /** Prefix of the identifiers of what its payload shows; null where it shows no object with one. */
  madePrefix: string | null;
}

/** Records each mutation, whatever becomes of it. */
export interface MutationRecorder {
  carryOut(call: MutationCall, work: () => Promise<unknown>): Promise<unknown>;
  /** An operation with these mutations was refused before any of them began. */
  refused(actions: readonly string[], context: Context): Promise<void>;
}

/** Every field of the type Mutation passes the recorder before all else: a new one cannot be forgotten. */
export function recordMutations(schema: GraphQLSchema, recorder: MutationRecorder): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field as GraphQLField<unknown, Context>;
    if (resolve === undefined) throw new Error(`Nothing resolves the mutation ${field.name}.`);
    const madePrefix = madePrefixOf(field);
    field.resolve = (source, args: Record<string, unknown>, context: Context, info) =>
      recorder.carryOut({ action: field.name, args, context, madePrefix }, async () =>
        resolve(source, args, context, info),
      );
  }
}

function madePrefixOf({ type }: GraphQLField<unknown, unknown>): string | null {
  const payload = getNamedType(type);
  if (!isObjectType(payload)) return null;
  const prefixes = Object.values(payload.getFields()).map((field) => prefixOfType(getNamedType(field.type).name));
  return prefixes.find((prefix) => prefix !== null) ?? null;
}
