/**
 * What one person has changed, put over what another one has saved meanwhile: each field that differs from where both began is
 * mine, all others are theirs.
 */
export function mineOver<Values extends object>(start: Values, mine: Values, theirs: Values): Values {
  const changed = Object.entries(mine).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(start[name as keyof Values]),
  );
  return { ...theirs, ...Object.fromEntries(changed) };
}
