import { expect, it } from 'vitest';
import { mutantsOf } from '../mutation/mutants-of.ts';

function plantedInto(source: string): string[] {
  return mutantsOf(source).map(({ start, end, becomes }) => source.slice(0, start) + becomes + source.slice(end));
}

it.each([
  ['a condition', 'f(a ? 1 : 2)', ['f(!(a) ? 1 : 2)']],
  ['a comparison', 'f(a === b)', ['f(a !== b)']],
  ['a limit', 'f(a < b)', ['f(a <= b)']],
  ['an and', 'f(a && b)', ['f((a || b))']],
  ['an or of three', 'f(a || b || c)', ['f((a && b) || c)', 'f(((a || b) && c))']],
  ['a sum, but no text', 'f(a + 1, b + "x")', ['f(a - 1, b + "x")']],
  ['a not', 'f(!a)', ['f(a)']],
  ['a yes', 'f(true)', ['f(false)']],
  ['any of them', 'f(all.some(g))', ['f(all.every(g))']],
])('is planted into %s', (_, expression, planted) => {
  expect(plantedInto(`const x = ${expression};`)).toEqual(planted.map((one) => `const x = ${one};`));
});

it('leaves a guard out, and turns its condition round', () => {
  const guard = 'function f(a) {\n  if (a) return 1;\n  return 2;\n}';
  expect(plantedInto(guard)).toEqual([guard.replace('(a) return', '(!(a)) return'), guard.replace('(a) return', '(false) return')]);
});

it('does not take for a guard what goes on, or has another way', () => {
  expect(mutantsOf('for (;;) if (a) { continue; } else { b = 1; }').map(({ what }) => what)).not.toContain('without the guard');
  expect(mutantsOf('for (;;) if (a) { b = 1; continue; }').map(({ what }) => what)).toContain('without the guard');
});

it('leaves a statement out', () => {
  expect(plantedInto('a();\nb = 1;')).toEqual([';\nb = 1;', 'a();\n;']);
});

it('leaves types alone', () => {
  expect(plantedInto('type A = { is: true };\ninterface B { is: true }\nconst x: true | B = y as true;')).toEqual([]);
});

it('says what it cannot read', () => {
  expect(() => mutantsOf('const = 1')).toThrow('It cannot be parsed');
});
