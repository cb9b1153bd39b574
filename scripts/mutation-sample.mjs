// Lines of a room, picked at random: a room of hours is asked about in minutes by a part of which nobody chose the lines.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Blank, a comment, a bracket alone or an import: nothing there can be broken. */
const IS_EMPTY = /^\s*($|\/\/|\/?\*|[)\]};,]+$|import\b|export \* from)/;

/**
 * So many lines with code of these files, the same for the same seed; all where there are no more. What spans several lines, such
 * as the body of a function, is not broken by them.
 */
export function linesOf(files, count, seed, read = (path) => readFileSync(path, 'utf8')) {
  const lines = files.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((text, index) => (IS_EMPTY.test(text) ? [] : [`${path}:${index + 1}-${index + 1}`])),
  );
  const rankOf = (line) => createHash('sha256').update(`${seed} ${line}`).digest('hex');
  const ranked = lines.map((line) => ({ line, rank: rankOf(line) }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return { lines: ranked.slice(0, count).map(({ line }) => line), all: lines.length };
}
