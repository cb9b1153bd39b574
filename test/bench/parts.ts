import { printFigures, type Figure } from './engine/figure.js';

/** What measures one matter; without arguments, so that each part can be asked for alone. */
export type Parts = Readonly<Record<string, () => Promise<Figure[]>>>;

/** Measures the parts that the command names, all unless told, and prints their figures. Gives the exit code. */
export async function measureParts(parts: Parts, wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    console.error(`There is no measure ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
    return 2;
  }
  const figures: Figure[] = [];
  let hasFailed = false;
  for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
    console.log(`… ${name}`);
    try {
      figures.push(...(await parts[name]!()));
    } catch (error) {
      console.error(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      hasFailed = true;
    }
  }
  return printFigures(figures) && !hasFailed ? 0 : 1;
}
