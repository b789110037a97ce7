import { describe, expect, it } from 'vitest';
import { apiCall } from './api-call.ts';
import { northwind } from './northwind.ts';
import { startSlack } from './start-slack.ts';

describe('what a message carries beside its text', () => {
  it('is a forwarded message in Slack’s own form, with its files and without its mention', async () => {
    await using started = await startSlack();
    const { slack } = started;
    const files = [{ name: 'a.png', mimetype: 'image/png', bytes: new Uint8Array([1]) }];
    const original = slack.post({ user: 'UBOB', channel: 'COPS', text: 'the disk is full', files });
    const forward = { channel: 'COPS', ts: original.ts };
    const [attachment] = slack.post({ user: 'UANN', channel: 'DANN', text: '', forward }).attachments ?? [];
    const share = { is_share: true, is_msg_unfurl: true, author_id: 'UBOB', channel_id: 'COPS', text: 'the disk is full' };
    expect(attachment).toMatchObject({ ...share, files: [{ name: 'a.png' }], fallback: expect.stringContaining('bob: the disk is full') });
    expect(() => slack.post({ user: 'UBOB', channel: 'COPS', text: '', forward: { channel: 'DANN', ts: '1.1' } })).toThrow('no message');
  });

  it('is an alert of an app, read by conversations.replies as it was posted', async () => {
    await using started = await startSlack();
    const { slack } = started;
    const attachments = [{ title: 'FIRING: DiskFull', text: 'db-7', fields: [{ title: 'host', value: 'db-7' }] }];
    const { ts } = slack.post({ user: 'UDEPLOY', channel: 'COPS', text: '', attachments });
    const { body } = await apiCall(slack, 'conversations.replies', { channel: 'COPS', ts });
    expect(body).toMatchObject({ messages: [{ bot_id: 'B77', text: '', attachments }] });
  });
});

describe('a root that was deleted', () => {
  it('makes Slack post a reply to it into the channel, which the answer alone tells', async () => {
    await using started = await startSlack();
    const { slack } = started;
    const { ts } = slack.post({ user: 'UANN', channel: 'COPS', text: 'gone soon' });
    slack.remove({ user: 'UANN', channel: 'COPS', ts });
    const { body } = await apiCall(slack, 'chat.postMessage', { channel: 'COPS', text: 'late', thread_ts: ts });
    expect(body.ok).toBe(true);
    expect(body.message).not.toHaveProperty('thread_ts');
    expect(slack.messages('COPS')).toMatchObject([{ text: 'late' }]);
  });
});

describe('events', () => {
  it('name the organisation of whoever wrote, and a workflow without a user', async () => {
    const users = [
      { id: 'UBOB', name: 'bob', realName: 'Bob' },
      { id: 'WEVE', name: 'eve', realName: 'Eve', teamId: 'T02', enterpriseId: 'E02' },
      { id: 'UFLOW', name: 'flow', realName: 'Triage', botId: 'B90', workflowId: 'Wf01' },
    ];
    const channels = [{ id: 'COPS', name: 'ops', kind: 'channel' as const, members: ['UBOB', 'WEVE', 'UFLOW', 'UVERA'] }];
    await using started = await startSlack({ workspace: { ...northwind, enterpriseId: 'E01', users, channels } });
    for (const user of ['UBOB', 'WEVE', 'UFLOW']) started.slack.post({ user, channel: 'COPS', text: 'hello' });
    await started.slack.idle();
    const bodies = started.app.received.map(({ json }) => json);
    expect(bodies.map(({ enterprise_id, context_enterprise_id }) => [enterprise_id, context_enterprise_id])).toEqual([
      ['E01', 'E01'],
      ['E02', 'E01'],
      ['E01', 'E01'],
    ]);
    expect(bodies[2].event).toMatchObject({ subtype: 'bot_message', bot_id: 'B90', workflow_id: 'Wf01', username: 'Triage' });
    expect(bodies[2].event).not.toHaveProperty('user');
  });
});
