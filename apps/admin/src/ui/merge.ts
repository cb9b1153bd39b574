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

/** A part of an object that two people have changed, in words. */
export interface ConflictRow {
  label: string;
  mine: string;
  theirs: string;
}

/** How a field of a form is told to people. A secret is none of these. */
export interface ToldField<Values> {
  label: string;
  text: (values: Values) => string | boolean;
}

/** Where two versions of a form differ; `words` are those for an empty field and for what is on or off. */
export function differencesOf<Values>(
  mine: Values,
  theirs: Values,
  told: readonly ToldField<Values>[],
  words: Readonly<Record<'none' | 'yes' | 'no', string>>,
): ConflictRow[] {
  const say = (value: string | boolean) =>
    typeof value === 'string' ? value || words.none : value ? words.yes : words.no;
  return told
    .map(({ label, text }) => ({ label, mine: say(text(mine)), theirs: say(text(theirs)) }))
    .filter((row) => row.mine !== row.theirs);
}
