import { plainName } from './names.js';

/** Least likeness of a similar name, and by how much it must be more alike than the next one. */
export const LEAST_CONFIDENCE = 0.7;
export const LEAST_LEAD = 0.05;

export interface SimilarName<T> {
  value: T;
  /** From 0 to 1, where 1 is the same words in any order. */
  confidence: number;
}

/**
 * Finds the name that is most like another one. The measure is the Sørensen–Dice coefficient of the sets of three letters of all
 * words, each word with two spaces before and one behind it: twice what both have, divided by what each has. So `Smith, John` is
 * `John Smith`, and a letter too many costs little. What is as like to two names is like to none.
 *
 * Names are kept by their letters, so that a search looks only at names that share some.
 */
export class SimilarNames<T> {
  private readonly sizes: Uint16Array;
  private readonly shared: Uint16Array;
  private readonly holders = new Map<string, number[]>();

  constructor(private readonly names: readonly { name: string; value: T }[]) {
    this.sizes = new Uint16Array(names.length);
    this.shared = new Uint16Array(names.length);
    names.forEach(({ name }, index) => this.add(lettersOf(name), index));
  }

  find(name: string): SimilarName<T> | null {
    const letters = lettersOf(name);
    const touched = this.countShared(letters);
    let best = { index: -1, confidence: 0 };
    let next = 0;
    for (const index of touched) {
      const confidence = (2 * this.shared[index]!) / (letters.size + this.sizes[index]!);
      this.shared[index] = 0;
      if (confidence > best.confidence) [next, best] = [best.confidence, { index, confidence }];
      else if (confidence > next) next = confidence;
    }
    if (best.confidence < LEAST_CONFIDENCE || best.confidence - next < LEAST_LEAD) return null;
    return { value: this.names[best.index]!.value, confidence: best.confidence };
  }

  private add(letters: ReadonlySet<string>, index: number): void {
    this.sizes[index] = letters.size;
    for (const three of letters) {
      const holders = this.holders.get(three);
      if (holders) holders.push(index);
      else this.holders.set(three, [index]);
    }
  }

  /** Counts into `shared`; returns the names that have something in common. */
  private countShared(letters: ReadonlySet<string>): number[] {
    const touched: number[] = [];
    for (const three of letters)
      for (const index of this.holders.get(three) ?? []) {
        if (this.shared[index] === 0) touched.push(index);
        this.shared[index]! += 1;
      }
    return touched;
  }
}

/** Enough to tell names apart, and a bound for what a long text costs. */
const MOST_CHARACTERS = 200;

function lettersOf(name: string): Set<string> {
  const letters = new Set<string>();
  for (const word of plainName(name.slice(0, MOST_CHARACTERS)).split(' ')) {
    if (word === '') continue;
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) letters.add(padded.slice(at, at + 3));
  }
  return letters;
}
