import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Budget, type Charge } from '../../src/budget/budget.ts';

const endless = { calls: 1_000, tokens: 1_000_000 };
const of = (tokens: number) => ({ tokens, microDollars: 0 });
const room = async (budget: Budget, tokens: number) => {
  try {
    await (await budget.begin(of(tokens))).drop();
    return true;
  } catch {
    return false;
  }
};

describe('a budget', () => {
  test('ends after its calls, or once its tokens are used up', async () => {
    const calls = new Budget({ ...endless, calls: 2 });
    await (await calls.begin(of(0))).settle(of(10));
    await (await calls.begin(of(0))).settle(of(10));
    await expect(calls.begin(of(0))).rejects.toMatchObject({ code: 'too-many-steps' });
    const tokens = new Budget({ ...endless, tokens: 100 });
    await (await tokens.begin(of(0))).settle(of(100));
    expect(await room(tokens, 1)).toBe(false);
  });

  test('a call that was refused costs nothing, one that broke off what was promised for it', async () => {
    const whole = new Budget({ calls: 3, tokens: 100 });
    const helper = whole.share({}, () => ({ calls: 0, tokens: 0 }));
    await (await helper.begin(of(90))).drop();
    await helper.begin(of(90));
    expect([await room(helper, 10), await room(helper, 11)]).toEqual([true, false]);
  });

  test('what is settled once is not counted again', async () => {
    const whole = new Budget({ ...endless, tokens: 100 });
    const charge = await whole.begin(of(0));
    await charge.settle(of(60));
    await charge.settle(of(60));
    await charge.drop();
    const helper = whole.share({}, () => ({ calls: 0, tokens: 0 }));
    expect([await room(helper, 40), await room(helper, 41)]).toEqual([true, false]);
  });

  test('a call that nothing could be reserved for costs nothing', async () => {
    const whole = new Budget({ calls: 1, tokens: 100 }, { reserve: () => Promise.reject(new Error('no')) });
    for (let tries = 0; tries < 3; tries += 1) await expect(whole.share({}).begin(of(50))).rejects.toThrow('no');
  });

  test('tools are counted for the question, equal calls for each run by itself', () => {
    const whole = new Budget({ ...endless, toolCalls: 5, sameCalls: 2 });
    const [one, other] = [whole.share({ toolCalls: 3 }), whole.share({})];
    const calls = [
      one.beginTool('read', { a: 1, b: [2] }),
      one.beginTool('read', { b: [2], a: 1 }),
      one.beginTool('read', { a: 1, b: [2] }),
      other.beginTool('read', { a: 1, b: [2] }),
      one.beginTool('write', { a: 1, b: [2] }),
      one.beginTool('write', {}),
      other.beginTool('write', {}),
      other.beginTool('look', {}),
    ];
    expect(calls.map((told) => told?.slice(0, 16))).toEqual([
      ...[undefined, undefined, 'You called read ', undefined, undefined, 'No further tool ', undefined, 'No further tool '],
    ]);
  });

  test('M27 whatever helpers ask for, together they leave what is kept for the answer', async () => {
    const use = fc.record({ helper: fc.nat(4), most: fc.nat(40_000), used: fc.nat(100), broken: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(use, { maxLength: 60 }), fc.nat(20), fc.nat(150_000), async (uses, calls, tokens) => {
        const whole = new Budget({ calls, tokens });
        const helpers = Array.from({ length: 5 }, () => whole.share({ calls: 8 }, () => ({ calls: 1, tokens: 10_000 })));
        let [made, cost] = [0, 0];
        for (const { helper, most, used, broken } of uses) {
          let charge: Charge;
          try {
            charge = await (helpers[helper] as Budget).begin(of(most));
          } catch {
            continue;
          }
          made += 1;
          const tokensUsed = Math.floor((most * used) / 100);
          cost += broken ? most : tokensUsed;
          if (!broken) await charge.settle(of(tokensUsed));
        }
        expect(made).toBeLessThanOrEqual(Math.max(0, calls - 1));
        expect(cost).toBeLessThanOrEqual(Math.max(0, tokens - 10_000));
      }),
      { numRuns: 300 },
    );
  });
});
