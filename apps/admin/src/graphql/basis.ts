import { useRef } from 'react';
import { isConflict, lastChangedBy, sortProblems, type Problem } from './problems.js';

/** What a form of an object has to know of it. */
interface FormOf<T, Values, Told> {
  valuesOf: (object: T) => Values;
  /** How its fields are told to people. */
  told: () => Told;
  isField: (path: string) => boolean;
}

/**
 * What a form of an object is based on: the object as it was when the form was opened, until somebody else's version of it is
 * taken note of.
 *
 * @param began null where the form makes a new object
 * @param readAgain reads the object as it is now; null when it is gone
 */
export function useBasis<T extends { version: number }>(
  began: T | null,
  readAgain: (began: T) => Promise<T | null | undefined>,
) {
  const basis = useRef(began);
  const readTheirs = async () => (basis.current && (await readAgain(basis.current).catch(() => null))) ?? null;
  /** Why the form was refused: what somebody else has saved meanwhile where that is why and can be read, else the problems by field. */
  const refusal = async <Values, Told>(
    problems: readonly Problem[] = [],
    { valuesOf, told, isField }: FormOf<T, Values, Told>,
  ) => {
    const refused = problems.find(isConflict);
    const theirs = refused && (await readTheirs());
    if (!theirs) return sortProblems(problems, isField);
    const onChosen = () => {
      basis.current = theirs;
    };
    return { conflict: { by: lastChangedBy(refused), theirs: valuesOf(theirs), told: told(), onChosen } };
  };
  return { now: () => basis.current, refusal };
}
