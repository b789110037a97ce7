import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createFrontDoor } from '../src/front-door.ts';

const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
const [current, before, other] = ['c'.repeat(48), 'b'.repeat(48), 'o'.repeat(48)];

it('lets everybody in where there is no front', () => {
  const isThroughFront = createFrontDoor('');
  expect([undefined, {}, { 'x-vera-front': other }].map(isThroughFront)).toEqual([true, true, true]);
});

it('D26 lets in who shows the secret, or the one before while it is being changed, and nobody else', () => {
  const isThroughFront = createFrontDoor([current, before].map(digestOf).join(','));
  const shown = [current, before, other, '', digestOf(current), `${current},`, ` ${current}`];
  expect(shown.map((secret) => isThroughFront({ 'x-vera-front': secret }))).toEqual([true, true, false, false, false, false, false]);
  expect([undefined, {}].map(isThroughFront)).toEqual([false, false]);
});

it.each([digestOf(''), 'x', ','])('D26 lets nobody in by nothing, whatever the digests are: %s', (digests) => {
  const isThroughFront = createFrontDoor(digests);
  expect([undefined, {}, { 'x-vera-front': '' }, { 'x-vera-front': other }].filter(isThroughFront)).toEqual([]);
});
