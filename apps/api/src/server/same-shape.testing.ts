import { setFlagsFromString } from 'node:v8';

type Compare = (one: object, other: object) => boolean;

/** Whether both objects have one hidden class; where each has its own, whatever reads them is slow. */
export const haveSameShape: Compare = compile();

function compile(): Compare {
  setFlagsFromString('--allow-natives-syntax');
  // oxlint-disable-next-line typescript/no-implied-eval -- What only V8 can tell is no ordinary JavaScript.
  const made = new Function('one', 'other', 'return %HaveSameMap(one, other);') as Compare;
  setFlagsFromString('--no-allow-natives-syntax');
  return made;
}
