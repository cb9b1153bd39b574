/** The error and its chain of causes, the outermost first; libraries wrap errors of the system. */
export function* causesOf(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  for (let each = error; each instanceof Error && !seen.has(each); each = each.cause) {
    seen.add(each);
    yield each;
    if (each instanceof AggregateError) for (const inner of each.errors) yield* causesOf(inner);
  }
}

/** The first code in an error or its causes, such as `EACCES` or `SQLITE_BUSY`. */
export function codeOf(error: unknown): string | null {
  for (const { code } of causesOf(error) as Iterable<{ code?: unknown }>) if (typeof code === 'string') return code;
  return null;
}
