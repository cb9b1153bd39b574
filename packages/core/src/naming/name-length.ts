import type { ItemKind, Limits } from '../platform/index.js';

export type LengthUnit = Limits['pathLengthUnit'];

/** Where a name will stand. */
export interface NameContext {
  /** Of the path of its folder below the connection's root, segments joined by `/`, in the platform's `pathLengthUnit`. */
  parentPathLength: number;
  kind: ItemKind;
}

/** Room for a name, in its unit; zero or less where the folder's own path leaves none. */
interface Room {
  length: number;
  unit: LengthUnit;
}

export function lengthOf(text: string, unit: LengthUnit): number {
  return unit === 'UTF8' ? Buffer.byteLength(text) : text.length;
}

export function fitsInPlace(name: string, limits: Limits, context: NameContext): boolean {
  return roomsFor(limits, context).every(({ length, unit }) => lengthOf(name, unit) <= length);
}

/** The longest beginning of a name that has room in its place with the ending behind it. */
export function beginningInPlace(name: string, ending: string, limits: Limits, context: NameContext): string {
  return roomsFor(limits, context).reduce(
    (rest, { length, unit }) => beginningOf(rest, length - lengthOf(ending, unit), unit),
    name,
  );
}

/** A name has the room of a segment, and the room that its folder leaves in a path. */
function roomsFor(limits: Limits, { parentPathLength }: NameContext): Room[] {
  const { maxSegmentLength, segmentLengthUnit, maxPathLength, pathLengthUnit } = limits;
  const separator = parentPathLength === 0 ? 0 : 1;
  return [
    { length: maxSegmentLength ?? Infinity, unit: segmentLengthUnit },
    { length: (maxPathLength ?? Infinity) - parentPathLength - separator, unit: pathLengthUnit },
  ];
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The longest beginning within `room` that ends between two characters as people see them: accents and emoji stay whole. */
export function beginningOf(text: string, room: number, unit: LengthUnit): string {
  const end = Math.max(0, unit === 'UTF8' ? unitsWithinBytes(text, room) : room);
  if (end >= text.length) return text;
  // Whether a character ends there depends on what comes before and on the next code point alone.
  return text.slice(0, characters.segment(text.slice(0, end + 2)).containing(end)!.index);
}

/** The text without its last character as people see it. */
export function withoutLastCharacter(text: string): string {
  return beginningOf(text, text.length - 1, 'UTF16');
}

/** How many UTF-16 units of the text fit into so many bytes of UTF-8. */
function unitsWithinBytes(text: string, room: number): number {
  let [units, bytes] = [0, 0];
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    units += character.length;
  }
  return units;
}
