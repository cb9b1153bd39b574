import { expect, it } from 'vitest';
import { seeded } from '../seed-data.js';
import { openSandbox, sha256 } from '../test-client.js';

const json = { 'content-type': 'application/json' };

async function opened() {
  const sandbox = await openSandbox({ seedContent: false });
  const address = `${sandbox.apiUrl}/sandbox/items`;
  const send = async (changes: unknown) => {
    const reply = await fetch(address, { method: 'POST', headers: json, body: JSON.stringify(changes) });
    return { status: reply.status, body: await reply.json() };
  };
  return { sandbox, address, send };
}

const file = (path: string, content: string, versions = 1) => ({
  ...{ path, kind: 'file', size: content.length, sha256: sha256(content), versions },
});
const folder = (path: string) => ({ path, kind: 'folder', size: null, sha256: null, versions: 0 });

it('writes, moves and removes what its people could, and shows what is there then, without a call of the quota', async () => {
  const { sandbox, address, send } = await opened();
  await send([
    { write: 'Permits/a.txt', content: 'one' },
    { write: 'Permits/b.txt', content: 'other' },
  ]);
  const changes = [
    { write: 'Permits/a.txt', content: 'three' },
    { move: 'Permits', to: 'Office/Permits of 2026' },
    { remove: 'Office/Permits of 2026/b.txt' },
  ];
  const left = [folder('Office'), folder('Office/Permits of 2026'), file('Office/Permits of 2026/a.txt', 'three', 2)];
  expect(await send(changes)).toEqual({ status: 200, body: left });
  expect(await (await fetch(address)).json()).toEqual(left);
  expect(await (await fetch(`${address}?project=${seeded.emptyProjectId}`)).json()).toEqual([]);
  expect(sandbox.control.counters().apiCalls).toBe(0);
});

it('refuses what is no change, and says which one cannot be made', async () => {
  const { address, send } = await opened();
  const shape = { errors: expect.stringContaining('{ "move": path, "to": path }') as string };
  const wrong = [{}, [{}], [{ write: 'a.txt' }], [{ move: 'a', to: '' }], [{ remove: 'a', to: 'b' }], [null]];
  for (const body of wrong) expect(await send(body)).toEqual({ status: 400, body: shape });
  const half = await send([{ write: 'a.txt', content: 'text' }, { remove: 'gone.txt' }]);
  const errors = expect.stringMatching(/^change 2: .*no item at gone\.txt/) as string;
  expect(half).toEqual({ status: 400, body: { errors } });
  expect((await fetch(`${address}?project=7`)).status).toBe(400);
});
