import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../apps/admin/src/', import.meta.url));

/** Attributes and properties whose text a person reads or hears. */
const SHOWN = new Set(
  'action aria-label ariaLabel alt description head heading help label lead message note placeholder remedy searchLabel sentence text title'.split(
    ' ',
  ),
);
/** What is the same in every language. */
const EVERYWHERE = new Set(['Sluice', 'https://', '·']);
const LETTERS = /\p{L}{2}/u;
const SENTENCE = /^[\p{Lu}“„]\S* \S*\p{L}{2}/u;

const kindOf = (name: string) => (name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

/** Texts of a source that a person sees and that stand in no catalogue. */
function bypassing(name: string, code: string): string[] {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true, kindOf(name));
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isForMachines(node)) return;
    const text = shownText(node);
    if (text !== null && !EVERYWHERE.has(text)) found.push(`${name}: ${text}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Imports, types, GraphQL, and errors that tell of a defect. */
const isForMachines = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node) ||
  ts.isTypeNode(node) ||
  (ts.isCallExpression(node) && ['graphql', 't'].includes(node.expression.getText())) ||
  (ts.isNewExpression(node) && node.expression.getText() === 'Error');

function shownText(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return LETTERS.test(node.text) ? node.text.trim() : null;
  const text = textOf(node);
  if (text === null) return null;
  const { parent } = node;
  const place = ts.isJsxExpression(parent) ? parent.parent : parent;
  const isShown =
    (ts.isJsxAttribute(place) || ts.isPropertyAssignment(place)) && SHOWN.has(place.name.getText().replaceAll("'", ''));
  const isChild = ts.isJsxElement(place) || ts.isJsxFragment(place);
  return SENTENCE.test(text) || ((isShown || isChild) && /\p{Lu}|\p{L} \p{L}/u.test(text) && LETTERS.test(text))
    ? text
    : null;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !/\.test\.|(^|\/)words\.|(^|\/)language\/|^theme\//.test(name),
);

describe('words of the web app', () => {
  it('stand in the catalogue of their room', () => {
    expect(sources.length).toBeGreaterThan(80);
    expect(sources.flatMap((name) => bypassing(name, readFileSync(SOURCES + name, 'utf8')))).toEqual([]);
  });

  it.each([
    '<p>Not found</p>',
    '<p>{isOpen ? "Open" : t("x")} and more</p>',
    '<Input label="Name" />',
    '<Input label={`Name of ${x}`} />',
    'const table = { label: "Pending" };',
    'const message = "Enter your password.";',
    '<b>{"Yes please"}</b>',
  ])('are found outside of it: %s', (code) => {
    expect(bypassing('a.tsx', code)).toHaveLength(1);
  });

  it.each(['<p>{t("found")}</p>', '<i className="big one" />', 'throw new Error("No such element.");'])(
    'are not seen in %s',
    (code) => expect(bypassing('a.tsx', code)).toEqual([]),
  );
});
