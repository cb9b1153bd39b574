/** Words of a room by key, nested where keys belong together, such as one per value of an enum. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** What another language has to give for the same words: nothing missing, nothing more. */
export type SameKeys<W> = { readonly [K in keyof W]: W[K] extends string ? string : SameKeys<W[K]> };

/** Sentences by the path of their key, such as `type.COPY`. */
type Flat<W> = { [K in keyof W & string]: W[K] extends string ? { [P in K]: W[K] } : Below<K, Flat<W[K]>> }[keyof W &
  string];
type Below<K extends string, F> = F extends unknown ? { [P in keyof F & string as `${K}.${P}`]: F[P] } : never;
type Merged<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void ? All : never;
type Sentences<W> = Merged<Flat<W>>;

/** `items` for `items_one` and `items_other`, whose form the count chooses. */
type WithoutForm<K extends string> = K extends `${infer Base}_${'one' | 'other'}` ? Base : K;

/** What can be said with these words. */
export type KeyOf<W> = WithoutForm<keyof Sentences<W> & string>;

type FormsOf<W, K extends string> = Sentences<W>[(K | `${K}_one` | `${K}_other`) & keyof Sentences<W>];
type NameIn<Text> = Text extends `${string}{{${infer Inside}}}${infer Rest}` ? NameOf<Inside> | NameIn<Rest> : never;
type NameOf<Inside extends string> = Inside extends `${infer Name},${string}` ? Name : Inside;
type CountOf<W, K extends string> = `${K}_other` extends keyof Sentences<W> ? 'count' : never;

/** The values that stand in a sentence, `{{name}}`; a count where it has forms. */
export type NamesIn<W, K extends string> = NameIn<FormsOf<W, K>> | CountOf<W, K>;
