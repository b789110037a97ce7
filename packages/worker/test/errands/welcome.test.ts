import { outsiderWords } from '@vera/slack/outsider-words';
import { describe, expect, test } from 'vitest';
import { northwind } from '../northwind.ts';
import { startErrand as started } from './start-errand.ts';

describe('prompts', () => {
  test('are set in direct messages, or in the thread of an older assistant, and there only', async () => {
    await using errand = await started();
    await errand.run('prompts', { channelId: 'DANN' });
    expect(errand.slack.prompts('DANN')).toMatchObject({ title: 'Ask me, for instance' });
    await using older = await started({}, { agentView: false });
    const { ts } = older.slack.openAssistant({ user: 'UANN' });
    await older.run('prompts', { channelId: 'DANN', threadTs: ts });
    expect(older.slack.prompts('DANN', ts)?.prompts).toEqual(errand.slack.prompts('DANN')?.prompts);
    expect(older.slack.prompts('DANN')).toBeUndefined();
    expect(older.slack.messages('DANN')).toHaveLength(1);
  });

  test('name the channel that is looked at, where Vera may read it', async () => {
    const channels = [
      ...northwind.channels,
      { id: 'CSHARED', name: 'shared', kind: 'channel' as const, members: ['UANN', 'UVERA'], isExtShared: true },
      { id: 'CAWAY', name: 'away', kind: 'channel' as const, members: ['UANN'] },
      { id: 'GTEAM', name: 'team', kind: 'group' as const, members: ['UANN', 'UVERA'] },
    ];
    await using errand = await started({}, { workspace: { ...northwind, channels } });
    await errand.run('prompts', { channelId: 'DANN', viewedId: 'COPS' });
    expect(errand.slack.prompts('DANN')?.prompts[0]).toEqual({
      title: 'Catch up on #ops',
      message: 'What was decided in #ops in the last days?',
    });
    for (const viewedId of ['CSHARED', 'CAWAY', 'GTEAM', 'CNONE']) {
      await errand.run('prompts', { channelId: 'DANN', viewedId });
      expect(JSON.stringify(errand.slack.prompts('DANN'))).not.toContain('Catch up');
    }
  });

  test('are left out where the workspace has no agents, at the cost of one call', async () => {
    await using errand = await started({}, { agentFeatures: false });
    await errand.run('prompts', { channelId: 'DANN' });
    await errand.run('prompts', { channelId: 'DANN' });
    expect(errand.done().filter(({ method }) => method !== 'chat.postMessage')).toHaveLength(1);
  });
});

describe('a welcome', () => {
  const said = ({ slack }: Awaited<ReturnType<typeof started>>, channel: string) => slack.messages(channel).map(({ text }) => text);

  test('is said to a person once, when they open their direct messages, with what Vera has here', async () => {
    await using errand = await started();
    await errand.run('home');
    expect(said(errand, 'DANN')).toEqual([]);
    await errand.run('prompts', { channelId: 'DANN' });
    await errand.run('prompts', { channelId: 'DANN', viewedId: 'COPS' });
    const [words = '', ...more] = said(errand, 'DANN');
    expect(more).toEqual([]);
    for (const part of ['Hello, I am Vera', 'Northwind', 'Handbook, Slack, Jira and PagerDuty', 'Stop me']) expect(words).toContain(part);
  });

  test('is said in a channel once; where another company reads along it is the one sentence', async () => {
    const shared = { id: 'CSHARED', name: 'shared', kind: 'channel' as const, members: ['UANN', 'UVERA'], isExtShared: true };
    await using errand = await started({}, { workspace: { ...northwind, channels: [...northwind.channels, shared] } });
    for (const channelId of ['COPS', 'CSHARED', 'COPS']) await errand.run('welcome', { userId: 'UVERA', channelId });
    expect(said(errand, 'COPS')).toEqual([expect.stringContaining('Mention me to ask something')]);
    expect(said(errand, 'CSHARED')).toEqual([expect.stringContaining(outsiderWords)]);
  });

  test('that Slack does not take is not said twice, and costs neither prompts nor the errand', async () => {
    await using errand = await started();
    errand.slack.inject({ method: 'chat.postMessage', kind: 'error', error: 'messages_tab_disabled' });
    await errand.run('prompts', { channelId: 'DANN' });
    await errand.run('prompts', { channelId: 'DANN' });
    expect(said(errand, 'DANN')).toEqual([]);
    expect(errand.slack.prompts('DANN')).toBeDefined();
    expect(errand.lines.filter((line) => line.includes('errand.not-welcomed'))).toHaveLength(1);
  });
});
