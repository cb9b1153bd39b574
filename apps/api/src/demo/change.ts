// `npm run demo:changes`: changes both sides of the running demo, so that the next run of its SYNC job has something to show.
import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { explain } from '../start/explain.js';
import { DemoSides } from './demo-sides.js';
import { DemoTrouble, firstLessons, guardLesson, type Lesson } from './lessons.js';
import { SYNC_NAME } from './places.js';

try {
  const isGuarded = readArguments();
  const sides = await DemoSides.open(readConfig(process.env).dataFolder);
  const found = await sides.look();
  const lessons = isGuarded ? [guardLesson(found)] : firstLessons(found);
  await sides.change({
    share: lessons.flatMap(({ share }) => share),
    procore: lessons.flatMap(({ procore }) => procore),
  });
  process.stdout.write(tell(lessons));
} catch (error) {
  process.stderr.write(`${error instanceof DemoTrouble ? error.message : explain(error)}\n`);
  process.exitCode = 1;
}

/** Whether so much is to be deleted that the guard asks. */
function readArguments(): boolean {
  try {
    const { values } = parseArgs({ options: { 'many-deletions': { type: 'boolean', default: false } } });
    return values['many-deletions'];
  } catch {
    throw new DemoTrouble(
      'This command takes --many-deletions or nothing: npm run demo:changes, or npm run demo:changes -- --many-deletions.',
    );
  }
}

function tell(lessons: readonly Lesson[]): string {
  const lines = lessons.map(({ done, expected }) => `- ${done}\n  ${expected}`);
  const next = `Now run the job “${SYNC_NAME}” in the web app and open the run: its items tell the same, each with its reason.`;
  return `Changed, and what the next run does about it:\n\n${lines.join('\n')}\n\n${next}\n`;
}
