import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readCommandLine, usage } from './cli.js';
import { resolveOptions } from './defaults.js';
import { switches } from './switches.js';
import { openSandbox } from './test-client.js';

const last = (values: readonly unknown[]) => String(values.at(-1));

describe.each(switches)('the switch $name', ({ name, flag, values, text }) => {
  it('has its first value unless another is chosen, and is a flag with help', () => {
    expect(resolveOptions().behaviour[name]).toBe(values[0]);
    const args = values[0] === false ? [`--${flag}`] : [`--${flag}`, last(values)];
    const read = readCommandLine(args, {});
    expect(read).toMatchObject({ behaviour: { [name]: values.at(-1) } });
    const env = {
      [`PROCORE_SANDBOX_${flag.toUpperCase().replaceAll('-', '_')}`]: values[0] === false ? '1' : last(values),
    };
    expect(readCommandLine([], env)).toMatchObject({ behaviour: { [name]: values.at(-1) } });
    expect(usage).toContain(`--${flag}`);
    expect(usage).toContain(text);
  });

  it('stands in the README with all its values', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const shown = values.map((value) => `\`${value}\``).join(', ');
    expect(readme).toContain(`- \`${name}\` (${shown}): ${text}\n`);
  });

  it('can be read and chosen on the overview page', async () => {
    const sandbox = await openSandbox();
    const address = `${sandbox.apiUrl}/sandbox/switches`;
    const body = new URLSearchParams({ [name]: last(values) });
    const reply = await fetch(address, { method: 'POST', body, redirect: 'manual' });
    expect(reply.status).toBe(303);
    expect(await (await fetch(address)).json()).toMatchObject({ [name]: values.at(-1) });
    expect(await (await fetch(`${sandbox.apiUrl}/sandbox`)).text()).toContain(
      `<option selected>${last(values)}</option>`,
    );
  });
});

it('refuses a switch or a value that is not there, by name', async () => {
  expect(() => readCommandLine(['--not-installed-status', '402'], {})).toThrow(
    '--not-installed-status must be one of 403, 401, not 402',
  );
  const sandbox = await openSandbox();
  const body = new URLSearchParams({ colour: 'red' });
  const reply = await fetch(`${sandbox.apiUrl}/sandbox/switches`, { method: 'POST', body });
  expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('there is no switch colour')]);
});
