/** The list, which loses the nulls and absent values at its end: whoever reads it takes what is absent for null. */
export function withoutEnd<T extends unknown[]>(list: T): T {
  let { length } = list;
  while (length > 0 && (list[length - 1] ?? null) === null) length--;
  list.length = length;
  return list;
}
