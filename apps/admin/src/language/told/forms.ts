/*
 * Forms of the words that stand as values in sentences: places of a German sentence that choose by the English word.
 */

/** Nominative of the side at place `n` at the beginning of a sentence. */
export const Side = (n: number) => `{${n} source{Die Quelle} destination{Das Ziel}}` as const;
export const side = (n: number) => `{${n} source{die Quelle} destination{das Ziel}}` as const;
export const inSide = (n: number) => `{${n} source{in der Quelle} destination{im Ziel}}` as const;
export const ofSide = (n: number) => `{${n} source{der Quelle} destination{des Ziels}}` as const;
export const fromSide = (n: number) => `{${n} source{aus der Quelle} destination{aus dem Ziel}}` as const;

/** File or folder at place `n` at the beginning of a sentence. */
export const Item = (n: number) => `{${n} file{Die Datei} folder{Der Ordner}}` as const;
