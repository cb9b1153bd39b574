/** A search parameter that holds a text; undefined for none and for what is no text. */
export const textParam = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
