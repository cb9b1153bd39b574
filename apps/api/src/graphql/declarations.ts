import { isCompositeType, getNamedType, getNullableType, isListType, type GraphQLField } from 'graphql';
import { Extensions } from 'type-graphql';
import { PAGE_ROWS } from './paging.js';

/** What the classes of the schema declare beside a field about its cost. */
interface Declared {
  /** Entries that a list of objects has at most; where there are pages, those of the largest one. */
  maxEntries?: number;
  /** Argument that holds an identifier for each entry. */
  idsIn?: string;
  /** The list is the content of the page above it. */
  isPageContent?: boolean;
  asksPlatform?: boolean;
}

type Decorator = MethodDecorator & PropertyDecorator;

/**
 * A list of objects has at most so many entries and costs as many. With `idsIn`, as many as that argument has, where it
 * is given. Beside a field with `first` it is the size of the largest page, 100 unless told.
 */
export function AtMost(maxEntries: number, idsIn?: string): Decorator {
  return Extensions({ maxEntries, ...(idsIn === undefined ? {} : { idsIn }) } satisfies Declared);
}

/** The list is a page's content: it has as many entries as the page was asked for. */
export const PageContent = (): Decorator => Extensions({ isPageContent: true } satisfies Declared);

/** The answer may ask a platform: it costs more, may take longer, and is no part of a subscription. */
export const AsksPlatform = (): Decorator => Extensions({ asksPlatform: true } satisfies Declared);

/** A field of any schema; what its resolver is given does not matter here. */
type AnyField = Pick<GraphQLField<unknown, unknown>, 'type' | 'args' | 'extensions'>;

export function declaredOf(field: AnyField): Declared {
  return field.extensions as Declared;
}

export function isPaged({ args }: AnyField): boolean {
  return args.some(({ name }) => name === 'first' || name === 'last');
}

export function largestPage(field: AnyField): number {
  return declaredOf(field).maxEntries ?? PAGE_ROWS;
}

export function isListOfObjects({ type }: AnyField): boolean {
  return isListType(getNullableType(type)) && isCompositeType(getNamedType(type));
}

/** Throws for a list of objects of which nothing says how long it may be. */
export function requireBound(coordinate: string, field: AnyField): void {
  const { maxEntries, isPageContent = false } = declaredOf(field);
  if (!isListOfObjects(field) || isPaged(field) || isPageContent || maxEntries !== undefined) return;
  throw new Error(`${coordinate} is a list without a bound: put @AtMost beside it.`);
}
