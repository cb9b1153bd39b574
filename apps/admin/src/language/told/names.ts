/** Names that nearly every page shows: who is told nothing else needs no more of the German. */
export const names = {
  'Network file share': 'Netzlaufwerk',
  Procore: 'Procore',
  'System default': 'Systemvorgabe',
} as const satisfies Readonly<Record<string, string>>;

/** A small word, a code, an extension or a figure, which is a value in sentences: alone it is a name, such as the identifier of a client. */
const CODE_OR_WORD = /^(\p{Ll}|\p{Lu}{2}|[\d.])\S*$/u;

/** Whether a text of the server is more than a name that stays as it is. */
export const isSaid = (text: string): boolean => !CODE_OR_WORD.test(text);
