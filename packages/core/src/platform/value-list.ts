/*
 * Several values in one text: `Civil;Marine`. A `;` within a value is written `\;`, and a `\` before it or at the end of a value
 * `\\`; any other `\` stands for itself.
 */

/** Values of a list, trimmed and without the empty ones. */
export function splitValues(text: string): string[] {
  if (!text.includes(';') && !text.includes('\\')) return text.trim() === '' ? [] : [text.trim()];
  const parts = text.match(/(?:\\[\\;]|[^;])+/g) ?? [];
  return parts.map((part) => part.replace(/\\([\\;])/g, '$1').trim()).filter((part) => part !== '');
}

export const joinValues = (values: Iterable<string>): string => [...values].map(escaped).join(';');

/** A lone `\` needs no escape unless what follows would be read with it. */
const escaped = (value: string) => value.replace(/\\(?=[\\;]|$)/g, '\\\\').replaceAll(';', '\\;');
