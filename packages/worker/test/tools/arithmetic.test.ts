import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/tools/sums-and-dates.ts';

const outcomeOf = (expression: string) => {
  const result = evaluate(expression);
  return result.kind === 'value' ? result.value : result.message;
};

describe('an expression', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['2 ** 10', 1024],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['7 % 4', 3],
    ['10 - 4 - 3', 3],
    ['- - 3', 3],
    ['1.5e3 + .5', 1500.5],
    ['3 × 4 ÷ 2 − 1', 5],
    ['sqrt(16) + abs(-2)', 6],
    ['round(2.345, 2)', 2.35],
    ['round(199 * 1.19)', 237],
    ['round(1234.5, -2)', 1200],
    ['round(1.005, 2)', 1.01],
    ['round(0.0000001, 2)', 0],
    ['round(2 ^ 80, 2)', 2 ** 80],
    ['max(1, 2, min(9, 5))', 5],
    ['PI', Math.PI],
    ['floor(2.9) + ceil(2.1)', 5],
  ])('%s is %d', (expression, value) => {
    expect(outcomeOf(expression)).toBeCloseTo(value, 12);
  });

  test.each([
    ['1 / 0', 'has no finite value'],
    ['sqrt(-1)', 'has no finite value'],
    ['round()', 'does not know ")"'],
    ['1 +', 'ends too early'],
    ['', 'ends too early'],
    ['(1', 'lacks a closing parenthesis'],
    ['1)', 'has ")" too many'],
    ['1 2', 'has "2" too many'],
    ['x + 1', 'does not know "x"'],
    ['constructor(1)', 'does not know "constructor"'],
    ['1,5', 'has "," too many'],
    ['1 & 2', 'cannot be read at " & 2"'],
    ['process.exit()', 'cannot be read at ".exit()"'],
  ])('%s %s', (expression, message) => {
    expect(outcomeOf(expression)).toContain(message);
  });

  test('it agrees with JavaScript on what both understand', () => {
    const number = fc.oneof(
      fc.nat(1_000).map(String),
      fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value.toFixed(3)),
    );
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        number,
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%'), tie('expression'))
          .map(([a, operator, b]) => `${a} ${operator} ${b}`),
        tie('expression').map((inner) => `(${inner})`),
        tie('expression').map((inner) => `-(${inner})`),
        fc.tuple(tie('expression'), fc.nat(5)).map(([inner, power]) => `(${inner}) ** ${power}`),
      ),
    }));
    fc.assert(
      fc.property(expression, (source) => {
        const expected: unknown = runInNewContext(source);
        const result = evaluate(source);
        if (Number.isFinite(expected)) expect(result).toEqual({ kind: 'value', value: expected });
        else expect(result.kind).toBe('error');
      }),
      { numRuns: 300 },
    );
  });

  test('no text makes it throw or hang', () => {
    const junk = fc.array(
      fc.constantFrom('(', ')', '-', '+', '*', '**', '^', ',', '.', '1', '2e', 'e', 'sqrt', 'max(', ' ', '$', '½', '\u0000'),
      {
        maxLength: 200,
        size: 'max',
      },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          junk.map((parts) => parts.join('')),
          fc.string({ unit: 'binary', maxLength: 300 }),
        ),
        (text) => {
          expect(evaluate(text).kind).toMatch(/^(value|error)$/);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(['('.repeat(100_000), '-'.repeat(100_000), `${'sqrt('.repeat(50_000)}1`, '2^'.repeat(50_000)])(
    'deep nesting is refused',
    (expression) => {
      expect(evaluate(expression).kind).toBe('error');
    },
  );

  test('a very long one is calculated in an instant', () => {
    expect(outcomeOf(`${'1+'.repeat(200_000)}1`)).toBe(200_001);
  });
});
