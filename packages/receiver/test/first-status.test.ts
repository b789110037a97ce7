import { SlackError } from '@vera/slack/slack-error';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { startedReceiver } from './started-receiver.ts';

const root = '1766458026.240809';
const place = { channel_id: 'C01', thread_ts: root };
const working = { method: 'agents.sessions.setStatus', ...place, status: 'processing', initiator_user_id: 'U01' };
const ended = { method: 'agents.sessions.setStatus', ...place, status: 'active' };
const refused = (method: string) => new SlackError('refused', method, 'feature_disabled');

describe('the first status', () => {
  it('is in the thread before Slack has its answer, while nothing is known of a worker yet', async () => {
    const { promise: handedOver, resolve } = Promise.withResolvers<void>();
    await using receiver = await startedReceiver({ forward: () => handedOver });
    const posted = receiver.post(envelopes.mention());
    await expect.poll(() => receiver.shown).toEqual([working]);
    resolve();
    expect(await posted).toEqual({ status: 200 });
  });

  it('is the older line where there are no agent sessions', async () => {
    await using receiver = await startedReceiver({
      call: async (method) => {
        if (method.startsWith('agents.')) throw refused(method);
        return {};
      },
    });
    await receiver.post(envelopes.mention());
    expect(receiver.shown.at(-1)).toMatchObject({ method: 'assistant.threads.setStatus', ...place, status: 'is thinking…' });
  });

  it('costs no question where Slack does not show it', async () => {
    await using receiver = await startedReceiver({
      call: async (method) => {
        throw refused(method);
      },
    });
    expect(await receiver.post(envelopes.mention())).toEqual({ status: 200 });
    expect(receiver.forwarded).toHaveLength(1);
  });

  it('comes once, however often Slack delivers the question', async () => {
    await using receiver = await startedReceiver();
    for (const copy of [envelopes.mention('Ev1'), envelopes.twin('Ev2'), envelopes.mention('Ev1')]) await receiver.post(copy);
    expect(receiver.shown).toEqual([working]);
  });

  it('says nothing of what may not be for Vera, nor below what a shortcut is about', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    await receiver.post(envelopes.twin('Ev2', { ts: '1766458027.000001', thread_ts: root, text: 'and tomorrow?' }));
    await receiver.post(envelopes.shortcut(), { contentType: 'application/x-www-form-urlencoded' });
    expect(receiver.forwarded).toHaveLength(3);
    expect(receiver.shown).toEqual([working]);
  });

  it('does not come again with a stop, which would outlast the answer', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    await receiver.leases.lease({ teamId: 'T01', channelId: 'C01', threadTs: root, messageTs: root }, 'worker-1');
    await receiver.post(envelopes.stop(root));
    expect(receiver.forwarded).toHaveLength(2);
    expect(receiver.shown).toEqual([working]);
  });
});

describe('the first status of a question that is deleted before a worker has it', () => {
  const deletion = (ts: string) =>
    envelopes.of({
      ...{ type: 'message', subtype: 'message_deleted', channel: 'C01', channel_type: 'channel', deleted_ts: ts, ts: '1766458099.000001' },
      previous_message: { user: 'U01', ts, thread_ts: root, text: '<@UBOT> who is on call?' },
    });

  it('is taken back, as nobody else would', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    await receiver.post(deletion(root));
    expect(receiver.events()).toContain('question.withdrawn');
    expect(receiver.shown).toEqual([working, ended]);
  });

  it('stays for another question of the thread that is still open', async () => {
    await using receiver = await startedReceiver();
    await receiver.post(envelopes.mention());
    const second = { ts: '1766458027.000001', thread_ts: root };
    await receiver.post(envelopes.mention('Ev2', second));
    await receiver.post(deletion(second.ts));
    expect(receiver.events()).toContain('question.withdrawn');
    expect(receiver.shown).not.toContainEqual(ended);
  });

  it('is taken back also where Slack shows it only after the deletion', async () => {
    const { promise: slow, resolve } = Promise.withResolvers<void>();
    const landed: unknown[] = [];
    await using receiver = await startedReceiver({
      call: async (_, { status }) => {
        if (status === 'processing') await slow;
        landed.push(status);
        return {};
      },
    });
    const posted = receiver.post(envelopes.mention());
    await expect.poll(() => receiver.forwarded.length).toBe(1);
    await receiver.post(deletion(root));
    resolve();
    expect(await posted).toEqual({ status: 200 });
    expect(landed).toEqual(['active', 'processing', 'active']);
  });
});
