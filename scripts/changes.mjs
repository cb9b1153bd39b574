import { readdirSync, readFileSync } from 'node:fs';
import { StepFailed } from './steps.mjs';

const FOLDER = 'changes';
/** In the order in which a version lists them. */
const HEADINGS = { added: 'Added', changed: 'Changed', fixed: 'Fixed', security: 'Security' };
const KINDS = Object.keys(HEADINGS);
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*\.md$/;
const LINE = new RegExp(`^(?<kind>${KINDS.join('|')}): (?<sentence>\\S.*\\.)\n?$`);
const MAX_CHARACTERS = 400;

/** The changes that wait for a version, by name of file. Throws StepFailed with every file that is malformed. */
export function readChanges() {
  const files = readdirSync(FOLDER, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const changes = files.filter(({ name }) => name !== 'README.md').map(readChange);
  const mistakes = changes.flatMap(({ mistake }) => mistake ?? []);
  if (mistakes.length > 0) throw new StepFailed(`Malformed in ${FOLDER}/:\n${mistakes.join('\n')}`);
  return changes;
}

function readChange(entry) {
  const path = `${FOLDER}/${entry.name}`;
  if (!entry.isFile() || !NAME.test(entry.name)) {
    return { mistake: `${path}: a file is named after its change, such as folder-times.md.` };
  }
  const text = readFileSync(path, 'utf8');
  const { kind, sentence } = LINE.exec(text)?.groups ?? {};
  if (kind === undefined) {
    return { mistake: `${path}: write one line "<kind>: <sentence>." with a kind of ${KINDS.join(', ')}.` };
  }
  if (text.length > MAX_CHARACTERS) return { mistake: `${path}: a change has at most ${MAX_CHARACTERS} characters.` };
  return { path, kind, sentence };
}

/** The part of the changelog that tells of a version; the date is its day. */
export function chapterOf(version, day, changes) {
  const sections = KINDS.flatMap((kind) => {
    const lines = changes.filter((change) => change.kind === kind).map(({ sentence }) => `- ${sentence}`);
    return lines.length === 0 ? [] : [`### ${HEADINGS[kind]}\n\n${lines.join('\n')}`];
  });
  return `## ${version} – ${day}\n\n${sections.join('\n\n')}\n`;
}
