import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { SandboxInput } from '../options.js';
import { seeded } from '../seed-data.js';
import { openSandbox, TestClient, text } from '../test-client.js';

interface Got {
  authorization: string | undefined;
  word: Record<string, unknown>;
}

/** Answers with the statuses in turn, then with 204. */
async function openReceiver(statuses: number[] = []): Promise<{ url: string; got: Got[] }> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      got.push({ authorization: request.headers.authorization, word: JSON.parse(body) as Got['word'] });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/changes`, got };
}

async function openHook(behaviour: NonNullable<SandboxInput['behaviour']> = {}, statuses: number[] = []) {
  const sandbox = await openSandbox({ seedContent: false, behaviour });
  const client = new TestClient(sandbox, undefined, seeded.projectId);
  const receiver = await openReceiver(statuses);
  const base = `/rest/v2.0/companies/${seeded.companyId}/projects/${seeded.projectId}/webhooks/hooks`;
  const made = await client.post(base, {
    payload_version: 'v2.0',
    namespace: 'acme-sync',
    destination_url: receiver.url,
    destination_headers: { Authorization: 'Bearer s3cret-of-acme' },
  });
  const id = text(made.json['data']!['id']);
  const trigger = (resource_name: string, event_type: string) => ({ resource_name, event_type });
  const bulk = await client.post(`${base}/${id}/triggers/bulk`, [
    trigger('Project Files', 'create'),
    trigger('Project Files', 'update'),
    trigger('Project File Versions', 'create'),
  ]);
  return { ...receiver, sandbox, client, base, id, made, bulk };
}

const said = (got: readonly Got[]) =>
  got.map(({ word }) => `${text(word['resource_name'])} ${text(word['event_type'])}`);

it('sends what is asked for with the secret, in order, and shows no more of it than its end', async () => {
  const { client, sandbox, got, made, bulk, base, id } = await openHook();
  expect([made.status, bulk.status]).toEqual([201, 201]);
  const masked = made.json['data']!['destination_headers']!['Authorization'];
  expect(masked).toMatch(/^\*+-acme$/);
  const file = await client.createFile('a.txt', 'alpha');
  await client.createFolder('Not asked for');
  const upload_uuid = await client.upload('beta', 'a.txt');
  await client.post(client.in('file_versions', `&file_id=${text(file.json['id'])}`), {
    file_version: { upload_uuid },
  });
  await sandbox.control.letDeliveriesGo();
  expect(said(got)).toEqual(['Project Files create', 'Project File Versions create', 'Project Files update']);
  expect(got[0]).toMatchObject({
    authorization: 'Bearer s3cret-of-acme',
    word: {
      api_version: 'v2.0',
      project_id: seeded.projectId,
      resource_id: file.json['id'],
      metadata: { source_application_id: 5001 },
    },
  });
  const { rows } = await client.get(`${base}/${id}/deliveries`);
  expect(rows.map((row) => row['status'])).toEqual(['delivered', 'delivered', 'delivered']);
});

it('sends twice, later, or in another order when told to', async () => {
  const twice = await openHook({ deliveries: 'twice' });
  await twice.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'a' }]);
  await twice.sandbox.control.letDeliveriesGo();
  expect(twice.got.map(({ word }) => word['ulid'])).toEqual([twice.got[0]!.word['ulid'], twice.got[0]!.word['ulid']]);
  const held = await openHook({ deliveries: 'held' });
  await held.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'a' }]);
  expect(held.got).toEqual([]);
  await held.sandbox.control.letDeliveriesGo();
  expect(held.got).toHaveLength(1);
  const backwards = await openHook({ deliveries: 'backwards' });
  await backwards.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'a' }]);
  await backwards.sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'b' }]);
  await backwards.sandbox.control.letDeliveriesGo();
  expect(said(backwards.got)).toEqual(['Project Files update', 'Project Files create']);
});

it('sends again what was not taken, and nothing once the hook is off', async () => {
  const { sandbox, got, id } = await openHook({}, [500]);
  await sandbox.control.seed(seeded.projectId, [{ path: 'a.txt', content: 'a' }]);
  await sandbox.control.letDeliveriesGo();
  expect(got.map(({ word }) => word['ulid'])).toEqual([got[0]!.word['ulid'], got[0]!.word['ulid']]);
  sandbox.control.disableHook(Number(id));
  await sandbox.control.seed(seeded.projectId, [{ path: 'b.txt', content: 'b' }]);
  await sandbox.control.letDeliveriesGo();
  expect(got).toHaveLength(2);
});
