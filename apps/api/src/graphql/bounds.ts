import { Extensions } from 'type-graphql';

/** How large an input may be. What is absent is as in `DEFAULT_BOUND`. */
export interface Bound {
  /** Largest length of a text, and of every text in a list. */
  maxCharacters?: number;
  /** Whether a text may hold line breaks and tabs. */
  isMultiline?: boolean;
  /** Largest number of entries of a list. */
  maxEntries?: number;
}

/** Holds for every argument and every field of an input that declares nothing else. */
export const DEFAULT_BOUND: Required<Bound> = { maxCharacters: 1_000, isMultiline: false, maxEntries: 500 };

/** A path in a folder or on a platform. */
export const PATH: Bound = { maxCharacters: 4_096 };
/** A remark that people write in more than one line. */
export const REMARK: Bound = { isMultiline: true };
/** A cursor holds the values that order its list, such as a path, encoded twice. */
export const CURSOR: Bound = { maxCharacters: 24_000 };
export const SECRET: Bound = { maxCharacters: 2_000 };

/** Declares the bound of a field of an input type or of a class of arguments, beside `@Field`. */
export function Bounded(bound: Bound) {
  return Extensions({ bound });
}

/** Declares the bounds of single arguments, beside `@Query`, `@Mutation`, `@Subscription` or `@FieldResolver`. */
export function BoundedArguments(argumentBounds: Readonly<Record<string, Bound>>) {
  return Extensions({ argumentBounds });
}
