import { describe, expect, it } from 'vitest';
import { itemIdOf, itemNumberOf, planOrdinalOf, stepIdOf, STEPS_PER_PLAN } from './item-ids.js';

describe('the identifier of an item', () => {
  it('comes back as the number that the store keeps, and its order is that of the numbers', () => {
    const numbers = [1, 35, 36, STEPS_PER_PLAN, 7 * STEPS_PER_PLAN + 12, Number.MAX_SAFE_INTEGER];
    const ids = numbers.map(itemIdOf);
    expect(ids.map(itemNumberOf)).toEqual(numbers);
    expect([...ids].sort()).toEqual(ids);
  });

  it('tells the plan of the step', () => {
    expect(planOrdinalOf(stepIdOf(7, 1))).toBe(7);
    expect(planOrdinalOf(stepIdOf(7, STEPS_PER_PLAN - 1))).toBe(7);
    expect(() => stepIdOf(7, STEPS_PER_PLAN)).toThrow('too many steps');
  });

  it.each([
    ['of a former release', 'item_01a21c01907b7c5aa1160c078e8fc2d0'],
    ['of another kind', 'plan_0000000000a'],
    ['with other signs', 'item_0000000000A'],
    ['beyond all numbers', 'item_zzzzzzzzzzz'],
    ['of nothing', ''],
  ])('names no item where it is one %s', (_, id) => {
    expect(itemNumberOf(id)).toBe(0);
  });
});
