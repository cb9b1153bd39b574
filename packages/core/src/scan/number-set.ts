/** Half full at most, so that a look takes few steps. */
const FILL = 0.5;
const FIRST_SLOTS = 1_024;
const EMPTY = -1;

/** A set of whole numbers from 0 on that takes some 16 to 32 bytes for each of them, at most so many. */
export class NumberSet {
  private slots = new Float64Array(FIRST_SLOTS).fill(EMPTY);
  private count = 0;

  constructor(private readonly limit: number) {}

  /** Whether something was not taken in because the set was full. */
  isFull = false;

  /** Whether it was not there before. A full set takes nothing in and says that it was there. */
  add(value: number): boolean {
    const slot = this.slotOf(value);
    if (this.slots[slot] === value) return false;
    if (this.count >= this.limit) {
      this.isFull = true;
      return false;
    }
    this.slots[slot] = value;
    this.count += 1;
    if (this.count > this.slots.length * FILL) this.grow();
    return true;
  }

  has(value: number): boolean {
    return this.slots[this.slotOf(value)] === value;
  }

  *values(): Iterable<number> {
    for (const value of this.slots) if (value !== EMPTY) yield value;
  }

  /** Where the value is, or would be. */
  private slotOf(value: number): number {
    const { length } = this.slots;
    let slot = value % length;
    while (this.slots[slot] !== EMPTY && this.slots[slot] !== value) slot = (slot + 1) % length;
    return slot;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 2).fill(EMPTY);
    for (const value of before) if (value !== EMPTY) this.slots[this.slotOf(value)] = value;
  }
}

const HIGH_SEED = 0x1f3d5b79;
const LOW_SEED = 0x2a6c4e8d;
const HIGH_PRIME = 0x01000193;
const LOW_PRIME = 0x5bd1e995;
const LOW_VALUES = 2 ** 32;
const HIGH_BITS = 20;

/** A whole number of 52 bits that stands for a text: among a million texts, two have one number once in ten thousand times. */
export function numberOf(text: string): number {
  let [high, low] = [HIGH_SEED, LOW_SEED];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, HIGH_PRIME);
    low = Math.imul(low ^ (unit + index), LOW_PRIME);
    low ^= low >>> 15;
  }
  return (mixed(high ^ (low >>> 7)) >>> (32 - HIGH_BITS)) * LOW_VALUES + (mixed(low) >>> 0);
}

function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), LOW_PRIME);
  return once ^ (once >>> 13);
}
