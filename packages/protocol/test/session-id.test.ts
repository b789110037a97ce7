import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SessionScope, sessionIdOf } from '../src/session-id.ts';
import { messages } from './messages.ts';
import { questionIn } from './verdict-on.ts';

const place = { teamId: 'T01', channelId: 'C01', threadTs: '1766458026.240809', userId: 'U01' };
const scopes: SessionScope[] = ['thread', 'channel', 'user', 'workspace'];

describe('the session of a question', () => {
  it('R11 two messages in one thread meet in one session of 64 characters', () => {
    const root = questionIn(messages.mention());
    const reply = questionIn(messages.mention({ ts: '1766459999.000001', thread_ts: '1766458026.240809', user: 'U02' }));
    expect(sessionIdOf(reply, 'thread')).toBe(sessionIdOf(root, 'thread'));
    expect(sessionIdOf(root, 'thread')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('R11 session ids are the same in every deployment', () => {
    expect(Object.fromEntries(scopes.map((scope) => [scope, sessionIdOf(place, scope)]))).toEqual({
      thread: '75e542d888cdabd28cf36bf5f6cab6dac85b6822fa0f3cd7a111fec2a59526c5',
      channel: '84499bca57121e8d1d5a68de033f7f532c1f1209a26e0633d41f123ebdd41808',
      user: '0b8e0fd57163b631b627872788240c68d06ad71ca0651d3fa3581ac0500261b6',
      workspace: '1b98de9a9a99960d3a9f99df4727d0a3d6eca66c0ac1c407140f79b6070871af',
    });
  });

  it('shares a session as far as its scope reaches and no further', () => {
    const apart = {
      teamId: { ...place, teamId: 'T02' },
      channelId: { ...place, channelId: 'C02' },
      threadTs: { ...place, threadTs: '1766458026.240810' },
      userId: { ...place, userId: 'U02' },
    };
    const partedBy = (scope: SessionScope) =>
      Object.entries(apart).flatMap(([name, other]) => (sessionIdOf(other, scope) === sessionIdOf(place, scope) ? [] : [name]));
    expect(Object.fromEntries(scopes.map((scope) => [scope, partedBy(scope)]))).toEqual({
      thread: ['teamId', 'channelId', 'threadTs'],
      channel: ['teamId', 'channelId'],
      user: ['teamId', 'userId'],
      workspace: ['teamId'],
    });
  });

  it('gives different threads different sessions and always satisfies AgentCore', () => {
    const name = fc.stringMatching(/^[A-Z0-9]{2,11}$/);
    const places = fc.record({ teamId: name, channelId: name, threadTs: fc.stringMatching(/^\d{10}\.\d{6}$/), userId: name });
    fc.assert(
      fc.property(places, places, fc.constantFrom(...scopes), (one, other, scope) => {
        const same = one.teamId === other.teamId && one.channelId === other.channelId && one.threadTs === other.threadTs;
        expect(sessionIdOf(one, 'thread') === sessionIdOf(other, 'thread')).toBe(same);
        expect(sessionIdOf(one, scope)).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9-_]{32,99}$/);
      }),
    );
  });
});
