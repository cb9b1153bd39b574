// The documents that the web app sends, as it sends them, by their SHA-256: what its build gives the server to know.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { InMemoryCache } from '@apollo/client/cache/index.js';
import { Kind, parse, print } from 'graphql';

/** `const Name = graphql(`text`, [Fragment, …])`, or with the name of a list of fragments; the build fails for a document that is made in another way. */
const DECLARED = /const (\w+) = graphql\(\s*`([^`]+)`(?:,\s*(\w+|\[[^\]]*\]))?,?\s*\)/g;
/** `const NAME = [Fragment, …]`, of which several documents of a file are made. */
const LISTS = /const (\w+) = (\[[^\]]*\]) as const/g;

/**
 * Texts by hash, of all documents with an operation below a folder. Throws for a fragment that cannot be told by its name.
 *
 * @param {string} sources
 * @returns {Record<string, string>}
 */
export function documentsOf(sources) {
  const declared = declaredIn(sources);
  const cache = new InMemoryCache();
  const texts = declared
    .filter(({ definitions }) => definitions.some(isOperation))
    .map((each) => print(cache.transformDocument(documentOf(each, declared))));
  return Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
}

/** Writes them beside what `vite build` makes, where browsers do not get at them, whose copies go without their indentation. */
export const documentsPlugin = (sources, file) => ({
  name: 'documents',
  apply: 'build',
  enforce: 'pre',
  transform: (code, id) =>
    id.startsWith(sources) && code.includes('graphql(') ? { code: dense(code), map: null } : null,
  closeBundle: () => writeFileSync(file, JSON.stringify(documentsOf(sources))),
});

const dense = (code) =>
  code.replaceAll(DECLARED, (all, _name, text) => all.replace(text, () => text.replaceAll(/\s+/g, ' ').trim()));

const isOperation = ({ kind }) => kind === Kind.OPERATION_DEFINITION;

function declaredIn(sources) {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.(test|testing)\./.test(name),
  );
  return files.flatMap((file) => declaredBy(file, readFileSync(`${sources}${file}`, 'utf8')));
}

function declaredBy(file, code) {
  const found = [...code.matchAll(DECLARED)];
  if (found.length !== [...code.matchAll(/\bgraphql\(/g)].length)
    throw new Error(`${file} makes a document otherwise than by “const Name = graphql(text, [Fragment])”.`);
  const lists = new Map([...code.matchAll(LISTS)].map(([, name, list]) => [name, list]));
  return found.map(([, name, text, fragments = '']) => ({
    file,
    name,
    definitions: parse(text).definitions,
    fragments: (lists.get(fragments) ?? fragments).match(/\w+/g) ?? [],
  }));
}

/** Definitions in the order in which `graphql` of the client puts them: its own, then those of its fragments, each once. */
function documentOf(declaration, declared) {
  const of = (name) => documentOf(fragmentOf(name, declaration.file, declared), declared).definitions;
  declaration.document ??= {
    kind: Kind.DOCUMENT,
    definitions: [...declaration.definitions, ...new Set(declaration.fragments.flatMap(of))],
  };
  return declaration.document;
}

/** By its name, of the same file or of the only other one. */
function fragmentOf(name, file, declared) {
  const named = declared.filter((each) => each.name === name && !each.definitions.some(isOperation));
  const [found, second] = named.some((each) => each.file === file) ? named.filter((each) => each.file === file) : named;
  if (found !== undefined && second === undefined) return found;
  throw new Error(`${file} names a fragment ${name}, which is declared ${found === undefined ? 'nowhere' : 'twice'}.`);
}
