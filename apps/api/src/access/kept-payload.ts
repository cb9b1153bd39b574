/** A result as JSON text, with the paths of its dates, because JSON has no dates. Text, because names may hold any character. */
interface KeptPayload {
  text: string;
  dates: string[][];
}

type Fields = Record<string, unknown>;

/** Turns plain data that may hold dates into what both databases can keep. */
export function encodePayload(result: unknown): KeptPayload {
  return { text: JSON.stringify(result), dates: [...datesIn(result, [])] };
}

export function decodePayload(kept: unknown): unknown {
  const { text, dates } = kept as KeptPayload;
  const result: unknown = JSON.parse(text);
  for (const path of dates) {
    const owner = path.slice(0, -1).reduce<unknown>((value, name) => (value as Fields)[name], result) as Fields;
    const name = path.at(-1) ?? '';
    owner[name] = new Date(owner[name] as string);
  }
  return result;
}

function* datesIn(value: unknown, path: string[]): Generator<string[]> {
  if (value instanceof Date) yield path;
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* datesIn(inner, [...path, name]);
  }
}
