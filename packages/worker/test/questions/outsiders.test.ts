import { retryActionId } from '@vera/protocol/action';
import { classify } from '@vera/protocol/classify';
import type { Question } from '@vera/protocol/question';
import { askShortcutId } from '@vera/protocol/shortcut';
import { guestWords, outsiderWords } from '@vera/slack/outsider-words';
import type { WorkspaceUser } from '@vera/slack-stand-in/workspace';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, test } from 'vitest';
import { type GateOptions, startGate, tokenOf } from '../changes/start-gate.ts';
import { northwind } from '../northwind.ts';

const limits = {
  'a guest of several channels': { guest: 'multi' },
  'a guest of one channel': { guest: 'single' },
  'a stranger': { isStranger: true },
  'somebody who left': { isDeleted: true },
} as const satisfies Readonly<Record<string, Partial<WorkspaceUser>>>;

/** A worker with accounts and tools for everybody, in whose workspace Gil, with the workspace's own team, is as told, and Eve of another. */
async function started(gil: Partial<WorkspaceUser>, script: Parameters<typeof startGate>[0] = [], options: GateOptions = {}) {
  const user = { id: 'UGIL', name: 'gil', realName: 'Gil', ...gil };
  const eve = { id: 'UEVE', name: 'eve', realName: 'Eve', teamId: 'T99' };
  const channels = [
    ...northwind.channels.map((channel) =>
      channel.id === 'COPS' ? { ...channel, members: [...channel.members, 'UGIL', 'UEVE'] } : channel,
    ),
    { id: 'DGIL', name: 'UGIL', kind: 'im' as const, members: ['UGIL', 'UVERA'] },
    { id: 'CAWAY', name: 'away', kind: 'channel' as const, members: ['UGIL'] },
  ];
  const offered: string[] = [];
  const gate = await startGate(script, {
    slack: { workspace: { ...northwind, users: [...northwind.users, user, eve], channels } },
    tokens: new Map(['UANN', 'UGIL', 'UEVE'].map((id) => [id, tokenOf(id)])),
    toolsFor: (_, { question }) => {
      offered.push(question.userId);
      return [];
    },
    ...options,
  });
  return {
    ...gate,
    user: user as { -readonly [Key in keyof WorkspaceUser]: WorkspaceUser[Key] },
    offered,
    async asks(message: Parameters<typeof gate.ask>[0], changes: Partial<Question> = {}) {
      const question = await gate.ask({ user: 'UGIL', ...message }, changes);
      await gate.intake.accept(question);
      const record = await gate.closed(question);
      return { question, record };
    },
    reached: () => ({ model: gate.bedrock.requests.length, offered, links: gate.links, written: gate.notes.written }),
  };
}

const nothing = { model: 0, offered: [], links: [], written: [] };

describe('F16 somebody who is no colleague', () => {
  test.each(Object.entries(limits))(
    'with the team’s own id, such as %s, gets one sentence and no model, tool or memory',
    async (_, gil) => {
      await using worker = await started(gil);
      const { question, record } = await worker.asks({ text: '<@UVERA> write it down' });
      expect(record).toMatchObject({ state: 'answered', attempts: 1 });
      expect(worker.text(question)).toBe('guest' in gil ? guestWords : outsiderWords);
      expect(worker.replies(question)).toHaveLength(1);
      expect(worker.reached()).toEqual(nothing);
      expect(worker.slack.session('COPS', question.threadTs)?.status).not.toBe('processing');
    },
  );

  test('whose event says nothing of their other team, or whom Slack does not know, gets it too', async () => {
    await using worker = await started({});
    for (const userId of ['UEVE', 'UNOBODY']) {
      const { question } = await worker.asks({ text: '<@UVERA> who is on call?' }, { userId });
      expect(worker.text(question)).toBe(outsiderWords);
    }
    expect(worker.reached()).toEqual(nothing);
  });

  test('gets the same in a direct message, below their own question, and for a workflow of theirs', async () => {
    await using worker = await started({ guest: 'multi' });
    const direct = await worker.asks({ channel: 'DGIL', text: 'who is on call?' });
    expect(worker.text(direct.question)).toBe(guestWords);
    const first = await worker.asks({ text: '<@UVERA> who is on call?' });
    await worker.asks({ text: 'and tomorrow?', threadTs: first.question.messageTs }, { followUp: 'asker' });
    expect(worker.text(first.question)).toBe(`${guestWords}\n---\n${guestWords}`);
    const workflow = await worker.asks({ text: '<@UVERA> who is on call?' }, { botId: 'B99' });
    expect(worker.text(workflow.question)).toBe(guestWords);
    expect(worker.reached()).toEqual(nothing);
  });

  test('is not hinted how to be answered, where what they wrote was left to the people', async () => {
    await using worker = await started({ guest: 'multi' });
    const { question } = await worker.asks({ text: '<@UVERA> who is on call?' });
    const { record } = await worker.asks({ text: 'anyone?', threadTs: question.messageTs }, { followUp: 'hint' });
    expect(record).toMatchObject({ state: 'stopped', reason: 'not-addressed' });
    expect(worker.slack.ephemerals('UGIL')).toEqual([]);
  });

  test.each([
    ['in the thread', 'COPS'],
    ['alone, where Vera is not', 'CAWAY'],
  ])('is told by the shortcut %s', async (_, channel) => {
    await using worker = await started({ guest: 'single' });
    const posted: string[] = [];
    await using app = await listen(async (request) => {
      const body = await request.text();
      if (body.startsWith('{')) return Response.json(JSON.parse(body));
      posted.push(body);
      return new Response(null);
    });
    await worker.slack.subscribe({ events: app.url, interactivity: app.url });
    const { ts } = worker.slack.post({ user: 'UGIL', channel, text: 'Settlement lags' });
    await worker.slack.shortcut({ user: 'UGIL', channel, ts, callbackId: askShortcutId });
    const bytes = new TextEncoder().encode(posted.find((body) => body.startsWith('payload=')));
    const verdict = classify(bytes, 'application/x-www-form-urlencoded', { allowedBotIds: [] });
    if (verdict.kind !== 'question') throw new Error(verdict.kind);
    await worker.inbox.record(verdict.question);
    await worker.intake.accept(verdict.question);
    await worker.closed(verdict.question);
    const told = [worker.text(verdict.question), ...worker.slack.ephemerals('UGIL').map(({ text }) => text)].join('');
    expect(told.replace('<@UGIL> asked me about this message.', '').trim()).toBe(guestWords);
    expect(worker.reached()).toEqual(nothing);
  });

  test('of whom Slack does not say it is told nothing, and asked about again; a colleague is not turned away', async () => {
    await using worker = await started({}, ['Bob.']);
    worker.slack.inject({ method: 'users.info', kind: 'http', status: 500, times: 4 });
    const question = await worker.ask({ user: 'UGIL', text: '<@UVERA> who is on call?' });
    await worker.intake.accept(question);
    await expect.poll(() => worker.lines.map(({ event }) => event), { timeout: 10_000 }).toContain('question.released');
    expect([worker.replies(question), worker.reached()]).toEqual([[], nothing]);
    await worker.intake.accept(question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered' });
    expect(worker.text(question)).toBe('Bob.');
  });
});

describe('F16 somebody who is a colleague no more', () => {
  const later = 601_000;

  test('has nothing done that they said yes to before, and its card says so', async () => {
    await using worker = await started({}, [[{ call: 'write_note', input: { text: 'x' } }]]);
    const question = await worker.asked('<@UVERA> write it down', { userId: 'UGIL' });
    await worker.waits(question);
    worker.user.guest = 'multi';
    worker.pass(later);
    await worker.press(question, 'approve', { userId: 'UGIL' });
    await worker.closed(question);
    expect(worker.notes.written).toEqual([]);
    expect(worker.cardText(question)).toContain('Nothing was changed');
    expect(worker.text(question)).toContain(guestWords);
  });

  test('has no say in what a colleague asked for', async () => {
    await using worker = await started({}, [[{ call: 'write_note', input: { text: 'x' } }], 'It was not done.'], { approvers: ['UGIL'] });
    const question = await worker.asked();
    await worker.waits(question);
    worker.user.isDeleted = true;
    worker.pass(later);
    await worker.press(question, 'approve', { userId: 'UGIL' });
    await worker.closed(question);
    expect(worker.notes.written).toEqual([]);
    expect(worker.cardText(question)).toContain('Nothing was changed');
    expect(JSON.stringify(worker.bedrock.requests.at(-1)?.messages)).toContain('no colleague any more');
  });

  test('has nothing tried again', async () => {
    await using worker = await started({}, [['Half of ', { stop: 'malformed_model_output' }]]);
    const { question } = await worker.asks({ text: '<@UVERA> who is on call?' });
    expect(JSON.stringify(worker.replies(question))).toContain(retryActionId);
    worker.user.guest = 'single';
    worker.pass(later);
    const { teamId, channelId, threadTs, messageTs, userId } = question;
    const answer = await worker.inbox.retry({ teamId, channelId, threadTs, messageTs, userId, leg: 0 });
    if (answer.kind === 'retried') await worker.intake.accept(answer.question);
    expect(await worker.closed(question)).toMatchObject({ state: 'answered', leg: 1 });
    expect(worker.text(question)).toContain(guestWords);
    expect(worker.bedrock.requests).toHaveLength(1);
  });
});
