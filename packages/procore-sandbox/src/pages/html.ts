/** HTML that needs no more escaping. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | readonly Html[];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);

const render = (part: Part): string => {
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(render).join('') : escape(String(part));
};

/** Template that escapes every value but other Html. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings.map((text, index) => text + (index < parts.length ? render(parts[index] ?? '') : '')).join(''),
  );
}

const style = new Html(`
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6575; --line: #d5dbe5; --page: #f3f5f8; --card: #fff; --accent: #c2410c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf1; --soft: #98a3b5; --line: #333c4b; --page: #12161d; --card: #1a2029; --accent: #fb923c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem; }
main.narrow { max-width: 27rem; }
h1 { font-size: 1.3rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
p { margin: 0 0 1rem; color: var(--soft); }
section, form.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; }
section { overflow-x: auto; }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; }
label.choice { display: flex; gap: .6rem; align-items: baseline; padding: .55rem .7rem; border: 1px solid var(--line); border-radius: 8px; margin-bottom: .4rem; cursor: pointer; }
label.choice:has(:checked) { border-color: var(--accent); }
label.choice span span { color: var(--soft); display: block; font-size: .87rem; }
button { font: inherit; padding: .5rem 1.1rem; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: inherit; cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: #fff; }
@media (prefers-color-scheme: dark) { button.main { color: #12161d; } }
:is(button, input, select):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
input, select { font: inherit; padding: .4rem .5rem; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: inherit; }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; } .row label { display: grid; font-size: .85rem; color: var(--soft); }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
th { color: var(--soft); font-weight: 500; } code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
`);

/** A whole page. */
export function page(title: string, body: Html, narrow = false): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${style}
        </style>
      </head>
      <body>
        <main class="${narrow ? 'narrow' : ''}">${body}</main>
      </body>
    </html> `.text;
}
