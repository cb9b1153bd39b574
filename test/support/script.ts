import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Root of the repository; this file runs from its source and from its build. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.resolve('@sluice/api/program')));

/** Runs a script of the repository in a folder, by default its root; what it printed, and its exit code. */
export async function runScript(
  name: string,
  args: readonly string[],
  cwd = ROOT,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [`${ROOT}scripts/${name}.mjs`, ...args], { cwd, timeout: 280_000 });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
