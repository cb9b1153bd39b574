const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

interface Accepted {
  type: string;
  quality: number;
}

/** The type of the answer that a client accepts, by its `Accept`: the better one for it; null where it takes neither. */
export function answerTypeOf(accept: string | undefined): string | null {
  if (accept === undefined || accept === '*/*' || accept === JSON_TYPE) return withCharset(JSON_TYPE);
  const wanted = accept.toLowerCase().split(',').map(acceptedOf);
  const [json, response] = [rankOf(JSON_TYPE, wanted), rankOf(RESPONSE_TYPE, wanted)];
  if (json === null && response === null) return null;
  return withCharset(response !== null && (json === null || isBefore(response, json)) ? RESPONSE_TYPE : JSON_TYPE);
}

const withCharset = (type: string): string => `${type}; charset=utf-8`;

function acceptedOf(part: string): Accepted {
  const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = given === undefined ? 1 : Number(given.slice(2));
  return { type, quality: Number.isNaN(quality) ? 0 : quality };
}

/** How near a type comes to what was asked for: quality, exactness, place; null where it is not taken. */
type Rank = readonly [quality: number, exactness: number, place: number];

function rankOf(type: string, wanted: readonly Accepted[]): Rank | null {
  const forms = ['*/*', 'application/*', type];
  let best: Rank | null = null;
  for (const [index, { type: form, quality }] of wanted.entries()) {
    const exactness = forms.indexOf(form);
    if (exactness >= 0 && exactness > (best?.[1] ?? -1)) best = [quality, exactness, -index];
  }
  return best === null || best[0] <= 0 ? null : best;
}

function isBefore(one: Rank, other: Rank): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}
