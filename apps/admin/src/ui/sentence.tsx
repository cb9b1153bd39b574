import { Fragment, type JSX, type ReactNode } from 'react';
import { partsOf } from '../language/parts.js';

/** A sentence whose marked words are shown by `as`: `<link>…</link>` by `as.link`; others stay plain text. */
export function Sentence({
  text,
  as,
}: {
  text: string;
  as: Readonly<Record<string, (words: string) => ReactNode>>;
}): JSX.Element {
  return (
    <>
      {partsOf(text).map(({ text: words, tag }, index) => (
        <Fragment key={index}>{(tag !== null && as[tag]?.(words)) || words}</Fragment>
      ))}
    </>
  );
}

/** A sentence with `<b>…</b>` in bold. */
export const Bold = ({ text }: { text: string }): JSX.Element => (
  <Sentence text={text} as={{ b: (words) => <strong>{words}</strong> }} />
);
