import { expect, it } from 'vitest';
import { toldArguments } from '../src/act.ts';

it('arguments are told by a hash that their order does not change, and in words only where that is wanted', () => {
  const [one, other] = [toldArguments({ a: 1, b: { c: 2, d: 3 } }, 'metadata'), toldArguments({ b: { d: 3, c: 2 }, a: 1 }, 'metadata')];
  expect(one).toEqual({ arguments: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(other).toEqual(one);
  expect(toldArguments({ a: 2 }, 'metadata')).not.toEqual(one);
  expect(toldArguments({ b: 1, a: 'x' }, 'full').content).toBe('{"a":"x","b":1}');
});

it('a secret is redacted before what is told is cut, so that no half of one stands at the end', () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  for (let before = 7_930; before <= 8_000; before += 7) {
    const { content = '' } = toldArguments({ text: `${'x'.repeat(before)} ${token} and ${'y'.repeat(90)}` }, 'full');
    expect(content.length).toBeLessThanOrEqual(8_000);
    expect(content).not.toMatch(/ghp|a1B2/);
  }
});

it('half of a letter is not kept', () => {
  const { content = '' } = toldArguments({ text: `${'x'.repeat(7_990)}${'🐢'.repeat(9)}` }, 'full');
  expect(content.isWellFormed()).toBe(true);
});
