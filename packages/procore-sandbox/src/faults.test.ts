import { describe, expect, it } from 'vitest';
import { FaultEngine, type FaultRule } from './faults.js';

const call = { origin: 'api', method: 'GET', url: '/rest/v1.0/folders?project_id=1' } as const;
const strikes = (rules: FaultRule[], times: number, seed = 1) => {
  const engine = new FaultEngine(rules, seed);
  return Array.from({ length: times }, () => engine.ruleFor(call)?.kind ?? '-');
};

describe('FaultEngine', () => {
  it('matches origin, method and path', () => {
    const matching: FaultRule['match'][] = [
      undefined,
      { origin: 'api' },
      { method: 'get' },
      { route: 'folders\\?' },
      { route: /FOLDERS/gi },
    ];
    for (const match of matching) expect(strikes([{ kind: 'slow', match }], 2)).toEqual(['slow', 'slow']);
    const others: FaultRule['match'][] = [{ origin: 'login' }, { method: 'POST' }, { route: '/files' }];
    for (const match of others) expect(strikes([{ kind: 'slow', match }], 1)).toEqual(['-']);
  });

  it('fires at the nth match, so many times, or by dice that repeat', () => {
    expect(strikes([{ kind: 'slow', nth: 2 }], 4)).toEqual(['-', 'slow', '-', '-']);
    expect(strikes([{ kind: 'slow', count: 2 }], 4)).toEqual(['slow', 'slow', '-', '-']);
    const rolled = strikes([{ kind: 'slow', probability: 0.3 }], 1000);
    expect(rolled).toEqual(strikes([{ kind: 'slow', probability: 0.3 }], 1000));
    expect(rolled).not.toEqual(strikes([{ kind: 'slow', probability: 0.3 }], 1000, 2));
    const fired = rolled.filter((kind) => kind === 'slow').length;
    expect(fired).toBeGreaterThan(250);
    expect(fired).toBeLessThan(350);
  });

  it('lets the first rule that fires win, and tells how often each did', () => {
    const engine = new FaultEngine([{ kind: 'slow', nth: 2 }], 1);
    engine.add({ kind: 'garbage-json' });
    expect([engine.ruleFor(call)?.kind, engine.ruleFor(call)?.kind]).toEqual(['garbage-json', 'slow']);
    expect(engine.rules().map(({ fired }) => fired)).toEqual([1, 1]);
  });

  it('refuses unknown kinds and bad patterns', () => {
    expect(() => new FaultEngine([{ kind: 'nothing' as 'slow' }], 1)).toThrow(/unknown kind/);
    expect(() => new FaultEngine([{ kind: 'slow', match: { route: '(' } }], 1)).toThrow();
  });
});
