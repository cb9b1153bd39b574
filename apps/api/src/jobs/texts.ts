import type { Problems } from '../problems.js';
import { checkText, tidy } from '../text.js';

/** A text that must not be empty, as it is stored. */
export function readText(text: string, max: number, problems: Problems, field: readonly string[]): string {
  checkText(problems, text, [...field], { max, isRequired: true });
  return tidy(text) ?? '';
}

const MAX_LABELS = 20;
const MAX_LABEL_CHARACTERS = 100;

/** Labels without repetitions. */
export function readLabels(labels: readonly string[], problems: Problems, field: readonly string[]): string[] {
  if (labels.length > MAX_LABELS) problems.add('TOO_LONG', [...field], `Give at most ${MAX_LABELS} labels.`);
  return [
    ...new Set(
      labels.map((label, index) => readText(label, MAX_LABEL_CHARACTERS, problems, [...field, String(index)])),
    ),
  ];
}
