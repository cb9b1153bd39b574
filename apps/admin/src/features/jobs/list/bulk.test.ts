import { describe, expect, it } from 'vitest';
import { actOnAll, removingAmong, type Act } from './bulk.js';

const jobs = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id.toUpperCase() }));

describe('an action on several jobs', () => {
  it('names what was refused and why, and goes on with the others', async () => {
    const asked: string[] = [];
    const progress: number[] = [];
    const act: Act = async (action, id) => {
      asked.push(`${action} ${id}`);
      if (id === 'a') return { userErrors: [{ message: 'It runs.' }, { message: 'Wait.' }] };
      if (id === 'b') throw new Error('socket hang up');
      return id === 'c' ? null : { userErrors: [] };
    };
    const result = await actOnAll('run', jobs, act, 'No answer.', (done) => progress.push(done));
    expect(asked).toEqual(['run a', 'run b', 'run c', 'run d']);
    expect(progress).toEqual([1, 2, 3, 4]);
    expect(result.doneCount).toBe(1);
    expect(result.refused.map(({ job }) => job.name)).toEqual(['A', 'B', 'C']);
    expect([result.refused[0]?.why, result.refused[2]?.why]).toEqual(['It runs. Wait.', 'No answer.']);
    expect(result.refused[1]?.why).not.toContain('socket');
  });

  it('asks for one job at a time', async () => {
    let [open, most] = [0, 0];
    const act: Act = async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open -= 1;
      return { userErrors: [] };
    };
    await actOnAll('suspend', jobs, act, '', () => undefined);
    expect(most).toBe(1);
  });

  it('knows which types take items away, and which policy', () => {
    const types = ['COPY', 'MIGRATE', 'MOVE', 'PUBLISH', 'SCAN', 'STRUCTURE', 'SYNC'];
    const job = (transferType: string, deletions = 'IGNORE') => ({ transferType, policies: { deletions } });
    expect(removingAmong(types.map((type) => job(type)))).toBe(3);
    expect(removingAmong([job('COPY', 'MIRROR'), job('COPY'), job('SYNC', 'MIRROR')])).toBe(2);
  });
});
