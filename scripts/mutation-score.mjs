// What mutation testing found, file by file and for a room.
import { readFileSync } from 'node:fs';

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/** How many breaks of a file there were, and how many a test noticed. */
export function readScore(results) {
  const { files } = JSON.parse(readFileSync(results, 'utf8'));
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const noticed = states.filter((status) => NOTICED.includes(status)).length;
  return { noticed, breaks: noticed + states.filter((status) => UNNOTICED.includes(status)).length };
}

const percent = ({ noticed, breaks }) => (breaks === 0 ? 100 : (100 * noticed) / breaks);
const line = (score, path) =>
  score === null
    ? `      ? %                   ${path} (its tests fail, or the time was up)`
    : `${percent(score).toFixed(1).padStart(7)} % of ${String(score.breaks).padStart(5)} breaks  ${path}`;

/** A table of the files, and whether the room as a whole is at its least share. */
export function roomReport(room, least, scores, fileCount) {
  const known = scores.flatMap(({ score }) => score ?? []);
  const sum = {
    noticed: known.reduce((total, { noticed }) => total + noticed, 0),
    breaks: known.reduce((total, { breaks }) => total + breaks, 0),
  };
  const isEnough = known.length > 0 && known.length === scores.length && percent(sum) >= least;
  const asked =
    known.length === fileCount ? `all ${fileCount} files` : `a sample, ${known.length} of ${fileCount} files`;
  const share = known.length > 0 ? `${percent(sum).toFixed(1)} % of ${sum.breaks} breaks` : 'no break';
  const verdict = `${room}: ${share} noticed in ${asked}; ${least} % are asked for: ${isEnough ? 'held' : 'NOT HELD'}.`;
  return { isEnough, text: [...scores.map(({ score, path }) => line(score, path)), verdict].join('\n') };
}
