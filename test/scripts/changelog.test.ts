import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runScript } from '../support/script.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-changes-'));
  mkdirSync(join(folder, 'changes'));
  write('README.md', '# Not a change');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, 'changes', name), text);
const changelog = (...args: string[]) => runScript('changelog', args, folder);

describe('the changelog', () => {
  it('folds the files of changes under a version, the newest first', async () => {
    write('zoom.md', 'fixed: A second thing works.\n');
    write('arrows.md', 'fixed: A first thing works.\n');
    write('lock.md', 'security: Nobody else gets in.');
    expect(await changelog('0.2.0')).toMatchObject({ code: 0 });
    const day = new Date().toISOString().slice(0, 10);
    const second = `## 0.2.0 – ${day}\n\n### Fixed\n\n- A first thing works.\n- A second thing works.\n\n### Security\n\n- Nobody else gets in.\n`;
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toBe(`# Changes\n\n${second}`);
    expect(readdirSync(join(folder, 'changes'))).toEqual(['README.md']);
    write('next.md', 'added: More.');
    expect(await changelog('0.3.0')).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8')).toBe(
      `# Changes\n\n## 0.3.0 – ${day}\n\n### Added\n\n- More.\n\n${second}`,
    );
  });

  it.each([
    ['Mixed_Name.md', 'fixed: It works.'],
    ['note.txt', 'fixed: It works.'],
    ['kind.md', 'improved: It works.'],
    ['no-sentence.md', 'fixed: '],
    ['no-end.md', 'fixed: It works'],
    ['two-lines.md', 'fixed: It works.\nfixed: And more.'],
    ['long.md', `fixed: ${'It works. '.repeat(50)}It works.`],
    ['empty.md', ''],
  ])('refuses a malformed file: %s', async (name, text) => {
    write('good.md', 'fixed: It works.');
    expect(await changelog('--check')).toEqual({ code: 0, output: '' });
    write(name, text);
    for (const args of [['--check'], ['0.2.0']]) {
      const { code, output } = await changelog(...args);
      expect(code).toBe(1);
      expect(output).toContain(`changes/${name}: `);
      expect(output).not.toContain('good.md');
    }
    expect(readdirSync(folder)).toEqual(['changes']);
  });

  it('wants a version that is one, and is new', async () => {
    write('good.md', 'fixed: It works.');
    expect((await changelog()).output).toContain('Say which version');
    expect((await changelog('next')).output).toContain('Say which version');
    await changelog('0.2.0');
    write('good.md', 'fixed: It works.');
    expect((await changelog('0.2.0')).output).toContain('has a version 0.2.0 already');
  });
});
