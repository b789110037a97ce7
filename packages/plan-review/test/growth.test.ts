import { growthOf, nastyUnits } from '@vera/stand-in-kit/growth-of';
import { describe, expect, test } from 'vitest';
import { commentOn } from './comment-on.ts';
import type { ChangeJson } from './plan-json.ts';

/** What a provider, or whoever may write into a resource, can put into a plan. */
const places: Readonly<Record<string, (text: string) => readonly ChangeJson[]>> = {
  'a value': (text) => [
    { type: 'aws_ssm_parameter', actions: ['update'], before: { value: 'x', note: 'x' }, after: { value: text, note: text } },
  ],
  'a name': (text) => [
    { type: 'aws_ssm_parameter', actions: ['create'], before: null, after: { [text]: 'x', env: [{ name: text, value: 'x' }] } },
  ],
};

/** The square would be a hundred; a parser that goes as deep as there are brackets takes a little more than ten. */
const mostGrowth = 30;

describe.each(Object.entries(places))('%s of a plan', (_, changesOf) => {
  test.each(nastyUnits)('takes ten times the time for ten times of %j, not the square', async (unit) => {
    let growth = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 4 && growth > mostGrowth; tries += 1)
      growth = Math.min(growth, await growthOf((text) => commentOn(changesOf(text)), unit));
    expect(growth).toBeLessThanOrEqual(mostGrowth);
  });
});
