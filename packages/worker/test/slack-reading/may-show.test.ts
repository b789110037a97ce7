import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channel } from '../../src/slack-reading/channel.ts';
import { mayShowIn } from '../../src/slack-reading/may-show.ts';

const people = ['UANN', 'UBOB', 'UCAT', 'UDAN'];
const some = fc.uniqueArray(fc.constantFrom(...people));
const place = fc.record({ kind: fc.constantFrom<Channel['kind']>('public', 'private', 'direct'), members: some });

test('whatever is shown, everybody who reads the thread may read it in Slack, too', async () => {
  await fc.assert(
    fc.asyncProperty(place, place, some, fc.constantFrom(...people), async (here, target, guests, userId) => {
      const members: Record<string, readonly string[]> = { HERE: [...here.members, userId], TARGET: target.members };
      const readers = {
        members: async (id: string) => new Set(members[id]),
        guestsAmong: async (ids: ReadonlySet<string>) => [...ids].filter((id) => guests.includes(id)),
      };
      const isDirect = here.kind === 'direct';
      const mayShow = mayShowIn({ channelId: 'HERE', userId, isDirect }, readers);
      const verdict = await mayShow({ id: 'TARGET', name: 'target', kind: target.kind, isShared: false });
      const mayRead = (id: string) => target.members.includes(id) || (target.kind === 'public' && !guests.includes(id));
      const colleagues = here.kind === 'public' ? people.filter((id) => !guests.includes(id)) : [];
      const reading = isDirect ? [userId] : [...(members.HERE ?? []), ...colleagues];
      if (verdict === 'yes') expect([reading.filter((id) => !mayRead(id)), target.kind === 'direct']).toEqual([[], false]);
      if (verdict === 'elsewhere') expect(mayRead(userId)).toBe(true);
      // Nothing that is public is kept from colleagues among themselves.
      if (target.kind === 'public' && guests.length === 0) expect(verdict).toBe('yes');
      if (target.kind === 'private' && isDirect && mayRead(userId)) expect(verdict).toBe('yes');
    }),
    { numRuns: 500 },
  );
});

test('where it cannot be told who reads, only that very conversation is shown', async () => {
  const readers = { members: async () => undefined, guestsAmong: async () => [] };
  const mayShow = mayShowIn({ channelId: 'CHERE', userId: 'UANN', isDirect: false }, readers);
  const verdicts = await Promise.all(
    (['public', 'private', 'direct'] as const).map((kind) => mayShow({ id: 'CELSE', name: 'else', kind, isShared: false })),
  );
  expect(verdicts).toEqual(['no', 'no', 'no']);
  expect(await mayShow({ id: 'CHERE', name: 'here', kind: 'private', isShared: false })).toBe('yes');
});
