import { guestWords, outsiderWords } from '@vera/slack/outsider-words';
import { describe, expect, test } from 'vitest';
import { northwind } from '../northwind.ts';
import { startErrand as started } from './start-errand.ts';

describe('F16 an errand of somebody who is no colleague', () => {
  const guests = { ...northwind, users: northwind.users.map((user) => (user.id === 'UANN' ? { ...user, guest: 'multi' as const } : user)) };
  const accounts = {
    connectionsOf: () => Promise.reject(new Error('looked up')),
    linkFor: () => Promise.reject(new Error('made')),
  };

  test.each(['connect', 'status', 'memory'] as const)('is answered by one sentence: %s', async (wish) => {
    await using errand = await started({ accounts }, { workspace: guests });
    expect(await errand.told(wish)).toBe(guestWords);
  });

  test.each(['home', 'home-link', 'memory-forget'] as const)('shows one sentence in the home tab: %s', async (wish) => {
    await using errand = await started({ accounts }, { workspace: guests });
    await errand.run(wish);
    expect(errand.slack.home('UANN')?.blocks).toMatchObject([{ type: 'header' }, { type: 'section', text: { text: guestWords } }]);
  });

  test('suggests nothing to ask: in place of a welcome they are told once what they are', async () => {
    await using errand = await started({ accounts }, { workspace: guests });
    for (const _ of [1, 2]) await errand.run('prompts', { channelId: 'DANN' });
    expect(errand.done().map(({ method }) => method)).toEqual(['chat.postMessage']);
    expect(errand.slack.messages('DANN').map(({ text }) => text)).toEqual([`Hello, I am Vera. ${guestWords}`]);
  });

  test('of another company is told that, and nothing of what is kept', async () => {
    const strangers = { ...northwind, users: northwind.users.map((user) => (user.id === 'UANN' ? { ...user, isStranger: true } : user)) };
    await using errand = await started({ accounts }, { workspace: strangers });
    for (const wish of ['memory', 'forget'] as const) expect(await errand.told(wish)).toBe(outsiderWords);
  });

  test('waits where Slack does not say who they are', async () => {
    await using errand = await started({ accounts }, { workspace: guests });
    errand.slack.inject({ method: 'users.info', kind: 'error', error: 'missing_scope' });
    await errand.run('home');
    errand.slack.inject({ method: 'users.info', kind: 'http', status: 500, times: Number.POSITIVE_INFINITY });
    await expect(errand.run('home')).rejects.toMatchObject({ code: 'slack' });
    expect(errand.done()).toEqual([]);
  });
});
