/** A search parameter that holds a text; undefined for none and for what is no text. */
export const textParam = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A search parameter that holds a day, such as `2026-11-28`. */
export function dayParam(value: unknown): string | undefined {
  const text = textParam(value);
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** The span from the beginning of one day to the end of another, in the person's time zone; without bounds where there is no day. */
export function spanOf({ from, to }: { from?: string; to?: string }): { from: string | null; to: string | null } {
  return { from: from === undefined ? null : midnight(from, 0), to: to === undefined ? null : midnight(to, 1) };
}

function midnight(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}
