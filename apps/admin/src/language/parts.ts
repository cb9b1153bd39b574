/** A piece of a sentence: plain text, or text between tags such as `<link>…</link>`. */
export interface Part {
  text: string;
  tag: string | null;
}

/** The pieces of a sentence in which words are marked, as "Open the <link>plan</link>" is; tags are not nested. */
export function partsOf(sentence: string): Part[] {
  const pieces = sentence.split(/<(\w+)>(.*?)<\/\1>/);
  const parts: Part[] = [];
  for (let n = 0; n < pieces.length; n += 3) {
    parts.push({ text: pieces[n] ?? '', tag: null });
    if (n + 2 < pieces.length) parts.push({ text: pieces[n + 2] ?? '', tag: pieces[n + 1] ?? null });
  }
  return parts.filter((part) => part.text !== '');
}
