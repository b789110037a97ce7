import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Budget, type Charge } from '../../src/agent/budget.ts';

const endless = { calls: 1_000, tokens: 1_000_000 };
const room = (budget: Budget, tokens: number) => {
  try {
    budget.begin(() => tokens).drop();
    return true;
  } catch {
    return false;
  }
};

describe('a budget', () => {
  test('ends after its calls, or once its tokens are used up', () => {
    const calls = new Budget({ ...endless, calls: 2 });
    calls.begin(() => 0).settle(10);
    calls.begin(() => 0).settle(10);
    expect(() => calls.begin(() => 0)).toThrow(expect.objectContaining({ code: 'too-many-steps' }));
    const tokens = new Budget({ ...endless, tokens: 100 });
    tokens.begin(() => 0).settle(100);
    expect(room(tokens, 1)).toBe(false);
  });

  test('a call that was refused costs nothing, one that broke off what was promised for it', () => {
    const whole = new Budget({ calls: 3, tokens: 100 });
    const helper = whole.share({}, () => ({ calls: 0, tokens: 0 }));
    helper.begin(() => 90).drop();
    helper.begin(() => 90);
    expect([room(helper, 10), room(helper, 11)]).toEqual([true, false]);
  });

  test('what is settled once is not counted again', () => {
    const whole = new Budget({ ...endless, tokens: 100 });
    const charge = whole.begin(() => 0);
    charge.settle(60);
    charge.settle(60);
    charge.drop();
    const helper = whole.share({}, () => ({ calls: 0, tokens: 0 }));
    expect([room(helper, 40), room(helper, 41)]).toEqual([true, false]);
  });

  test('M27 whatever helpers ask for, together they leave what is kept for the answer', () => {
    const use = fc.record({ helper: fc.nat(4), most: fc.nat(40_000), used: fc.nat(100), broken: fc.boolean() });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), fc.nat(20), fc.nat(150_000), (uses, calls, tokens) => {
        const whole = new Budget({ calls, tokens });
        const helpers = Array.from({ length: 5 }, () => whole.share({ calls: 8 }, () => ({ calls: 1, tokens: 10_000 })));
        let [made, cost] = [0, 0];
        for (const { helper, most, used, broken } of uses) {
          let charge: Charge;
          try {
            charge = (helpers[helper] as Budget).begin(() => most);
          } catch {
            continue;
          }
          made += 1;
          const tokensUsed = Math.floor((most * used) / 100);
          cost += broken ? most : tokensUsed;
          if (!broken) charge.settle(tokensUsed);
        }
        expect(made).toBeLessThanOrEqual(Math.max(0, calls - 1));
        expect(cost).toBeLessThanOrEqual(Math.max(0, tokens - 10_000));
      }),
      { numRuns: 300 },
    );
  });
});
