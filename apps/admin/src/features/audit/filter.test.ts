import { describe, expect, it } from 'vitest';
import { spanOf } from '../../routing/search.js';
import { askedOf, filterOf } from './filter.js';

describe('the filter of the audit log', () => {
  it('takes from the address what it can mean, and nothing else', () => {
    const search = { who: 'usr_1', what: '', outcome: 'DENIED', from: '2026-11-02', to: 'soon', object: 7 };
    expect(askedOf(search)).toEqual({ who: 'usr_1', outcome: 'DENIED', from: '2026-11-02' });
    expect(askedOf({ outcome: 'LOST', from: '2026-19-02' })).toEqual({});
  });

  it('asks for the whole of its last day', () => {
    const { from, to } = spanOf({ from: '2026-11-02', to: '2026-11-02' });
    expect(new Date(from ?? '').toString()).toBe(new Date(2026, 10, 2).toString());
    expect(new Date(to ?? '').toString()).toBe(new Date(2026, 10, 3).toString());
    expect(spanOf({ to: '2026-12-31' }).to).toBe(new Date(2027, 0, 1).toISOString());
  });

  it('sends no condition that nobody asked for', () => {
    expect(filterOf({})).toEqual({});
    expect(filterOf({ who: 'usr_1', outcome: 'FAILED' })).toEqual({ actorIds: ['usr_1'], outcomes: ['FAILED'] });
  });
});
