/** One of several parts of a long form, counted from 1. */
export interface Portion {
  number: number;
  of: number;
}

export const ALL: Portion = { number: 1, of: 1 };

/** Reads `2/6`; null for what is no portion. */
export function readPortion(text: string): Portion | null {
  const [, number, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const portion = { number: Number(number), of: Number(of) };
  return portion.number >= 1 && portion.number <= portion.of ? portion : null;
}

/** How many of so many belong to a portion; over all portions it is each of them once. */
export function shareOf(total: number, { number, of }: Portion): number {
  return Math.floor((total * number) / of) - Math.floor((total * (number - 1)) / of);
}
