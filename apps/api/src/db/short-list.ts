/** A list without the nulls and absent values at its end, which whoever reads it takes for null. */
export function withoutEnd<T extends unknown[]>(list: T): T {
  let { length } = list;
  while (length > 0 && (list[length - 1] ?? null) === null) length--;
  return list.slice(0, length) as T;
}
