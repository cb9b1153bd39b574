/** Pieces of a template in their order; a field stands for its value. */
export type TemplatePiece = { text: string } | { field: string };

/**
 * Reads a template: text with `{field}` placeholders, in which `{{` and `}}` stand for braces. There is nothing else in it: no
 * functions, no conditions. Returns a sentence for one that cannot be read.
 */
export function readTemplate(template: string): readonly TemplatePiece[] | string {
  const pieces: TemplatePiece[] = [];
  for (const [token] of template.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)) {
    if (token === '{' || token === '}') return 'Write each placeholder as {field}, and braces as {{ and }}.';
    if (token === '{{' || token === '}}') pieces.push({ text: token.slice(1) });
    else if (!token.startsWith('{')) pieces.push({ text: token });
    else if (token.slice(1, -1).trim() === '') return 'Name a field between the braces, such as {modifiedAt}.';
    else pieces.push({ field: token.slice(1, -1).trim() });
  }
  return pieces;
}

/** The text for one item; null when it has fields and none of them has a value, so that defaults come in. */
export function fillTemplate(
  pieces: readonly TemplatePiece[],
  valueOf: (field: string) => string | null,
): string | null {
  let fields = 0;
  let found = 0;
  const texts = pieces.map((piece) => {
    if ('text' in piece) return piece.text;
    fields++;
    const value = valueOf(piece.field);
    if (value !== null) found++;
    return value ?? '';
  });
  return fields > 0 && found === 0 ? null : texts.join('');
}
