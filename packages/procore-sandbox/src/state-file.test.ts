import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from './sandbox.js';
import { seeded } from './seed-data.js';
import { BlobStore } from './storage/blobs.js';
import { TestClient } from './test-client.js';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('data folder', () => {
  it('keeps files, tokens and uploads over a restart', async () => {
    const dataDir = await temporaryFolder();
    const first = await startSandbox({ dataDir });
    const before = new TestClient(first);
    await before.createFile('a.txt', 'kept');
    const upload_uuid = await before.upload('later');
    await first.close();

    const second = await startSandbox({ dataDir });
    onTestFinished(() => second.close());
    const after = new TestClient(second);
    after.token = before.token;
    const made = await after.post(after.in('files'), { file: { name: 'b.txt', upload_uuid } });
    expect(made.status).toBe(201);
    expect((await second.control.fileBytes('a.txt', after.projectId)).toString()).toBe('kept');
    expect((await second.control.fileBytes('b.txt', after.projectId)).toString()).toBe('later');
    const tree = await second.control.tree(seeded.projectId);
    expect(tree.filter(({ path }) => path === 'Tide study.txt')).toHaveLength(1);
    expect(await readdir(dataDir)).toEqual(['blobs', 'state.json']);
  });
});

describe('BlobStore', () => {
  it('keeps small blobs in memory while there is room, others in files that go at the end', async () => {
    const blobs = new BlobStore(null, 10);
    const small = await blobs.writeBuffer(Buffer.from('12345678'));
    const large = await blobs.writeBuffer(Buffer.from('does not fit'));
    expect((await blobs.readAll([small, large])).toString()).toBe('12345678does not fit');
    expect((await blobs.readAll([])).length).toBe(0);
    await blobs.remove([small, large]);
    const again = await blobs.writeBuffer(Buffer.from('1234567890'));
    expect(again.size).toBe(10);
    await blobs.close();
    await expect(blobs.readAll([large])).rejects.toThrow();
  });

  it.each([10, 0])('keeps nothing of a stream of another size or that fails (%i bytes of memory)', async (memory) => {
    const dataDir = await temporaryFolder();
    const blobs = new BlobStore(memory === 0 ? dataDir : null, memory);
    onTestFinished(() => blobs.close());
    await expect(blobs.write(Readable.from([Buffer.from('abc')]), 4)).rejects.toThrow();
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('ab');
        throw new Error('broken');
      })(),
    );
    await expect(blobs.write(failing, 4)).rejects.toThrow('broken');
    const left = memory === 0 ? await readdir(join(dataDir, 'blobs')) : [];
    expect(left).toEqual([]);
  });
});
