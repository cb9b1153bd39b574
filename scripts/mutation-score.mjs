// What mutation testing found, file by file and for a room.
import { readFileSync } from 'node:fs';

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/**
 * How many breaks of each file there were, and how many a test noticed; of these `late` by not ending in time, which a machine
 * that is busy with other things causes too.
 */
export function readScores(results) {
  const { files } = JSON.parse(readFileSync(results, 'utf8'));
  return Object.entries(files).map(([path, { mutants }]) => {
    const noticed = mutants.filter(({ status }) => NOTICED.includes(status)).length;
    const unnoticed = mutants.filter(({ status }) => UNNOTICED.includes(status)).length;
    const late = mutants.filter(({ status }) => status === 'Timeout').length;
    return { path, score: { noticed, breaks: noticed + unnoticed, late } };
  });
}

/** The same of all files together. */
export const readScore = (results) => sumOf(readScores(results));

const sumOf = (scores) => ({
  noticed: scores.reduce((total, { score }) => total + score.noticed, 0),
  breaks: scores.reduce((total, { score }) => total + score.breaks, 0),
  late: scores.reduce((total, { score }) => total + (score.late ?? 0), 0),
});

const percent = ({ noticed, breaks }) => (breaks === 0 ? 100 : (100 * noticed) / breaks);
const line = (score, path) =>
  score === null
    ? `      ? %                   ${path} (its tests fail, or the time was up)`
    : `${percent(score).toFixed(1).padStart(7)} % of ${String(score.breaks).padStart(5)} breaks  ${path}`;

/** A table of the files, and whether the room as a whole is at its least share. */
export function roomReport(room, least, scores, fileCount) {
  const known = scores.filter(({ score }) => score !== null);
  const sum = sumOf(known);
  const isEnough = known.length > 0 && known.length === scores.length && percent(sum) >= least;
  const asked =
    known.length === fileCount ? `all ${fileCount} files` : `a sample, ${known.length} of ${fileCount} files`;
  const share = known.length > 0 ? `${percent(sum).toFixed(1)} % of ${sum.breaks} breaks` : 'no break';
  const verdict = `${room}: ${share} noticed in ${asked}; ${least} % are asked for: ${isEnough ? 'held' : 'NOT HELD'}.`;
  return { isEnough, text: [...scores.map(({ score, path }) => line(score, path)), verdict].join('\n') };
}

/** Standard deviations of a normal distribution to either side within which 95 of 100 values are. */
const SPREAD_95 = 1.96;

/** Between which shares, in per cent, the one of the whole room is in 95 of 100 samples (Wilson's interval). */
function intervalOf({ noticed, breaks }) {
  if (breaks === 0) return [0, 100];
  const [share, square] = [noticed / breaks, SPREAD_95 ** 2];
  const middle = share + square / (2 * breaks);
  const reach = SPREAD_95 * Math.sqrt((share * (1 - share)) / breaks + square / (4 * breaks ** 2));
  return [middle - reach, middle + reach].map((bound) => (100 * bound) / (1 + square / breaks));
}

/** A table of the files, and between which shares the one of the whole room is; `scores` is null when tests fail. */
export function sampleReport(room, least, scores, { lines, all }) {
  const asked = `${lines} of ${all} lines, picked at random`;
  if (scores === null)
    return { isEnough: false, text: `${room}: nothing is known of ${asked} (its tests fail, or the time was up).` };
  const sum = sumOf(scores);
  const isEnough = sum.breaks > 0 && percent(sum) >= least;
  const [from, to] = intervalOf(sum).map((bound) => bound.toFixed(1));
  const verdict = `${room}: ${percent(sum).toFixed(1)} % of ${sum.breaks} breaks noticed (${sum.late} by running out of time) in ${asked} (95 of 100 such samples: the room is between ${from} and ${to} %); ${least} % are asked for: ${isEnough ? 'held' : 'NOT HELD'}.`;
  return { isEnough, text: [...scores.map(({ score, path }) => line(score, path)), verdict].join('\n') };
}
