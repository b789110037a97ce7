import { classify } from '@vera/protocol/classify';
import { nextActionId } from '@vera/protocol/next-question';
import type { Question } from '@vera/protocol/question';
import { guestWords } from '@vera/slack/outsider-words';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, test } from 'vitest';
import { type GateOptions, startGate } from '../changes/start-gate.ts';
import { northwind } from '../northwind.ts';

const answer = 'Bob is on call.\n\n```follow-ups\nWho is on call tomorrow?\nDelete all tickets.\n```\n';

async function started(script: Parameters<typeof startGate>[0], options: GateOptions = {}) {
  const users = [...northwind.users, { id: 'UGIL', name: 'gil', realName: 'Gil', guest: 'multi' as const }];
  const channels = northwind.channels.map((one) => (one.id === 'COPS' ? { ...one, members: [...one.members, 'UGIL'] } : one));
  const worker = await startGate(script, { slack: { workspace: { ...northwind, users, channels } }, ...options });
  const posted: string[] = [];
  const app = await listen(async (request) => {
    const body = await request.text();
    if (body.startsWith('{')) return Response.json(JSON.parse(body));
    posted.push(body);
    return new Response(null);
  });
  await worker.slack.subscribe({ events: app.url, interactivity: app.url });
  const buttons = (question: Question) =>
    worker
      .replies(question)
      .flatMap(({ ts, blocks = [] }) =>
        blocks.flatMap(({ elements }) =>
          (Array.isArray(elements) ? (elements as { action_id?: string; value?: string }[]) : []).flatMap(
            ({ action_id = '', value = '' }) => (action_id.startsWith(nextActionId) ? [{ messageTs: ts, actionId: action_id, value }] : []),
          ),
        ),
      );
  return {
    ...worker,
    buttons,
    /** Presses the first one; the receiver records what Slack really posts. */
    async press(question: Question, user: string): Promise<Question> {
      const [button] = buttons(question);
      if (!button) throw new Error('There is no such button');
      await worker.slack.click({ user, channel: question.channelId, ...button });
      const bytes = new TextEncoder().encode(posted.at(-1));
      const verdict = classify(bytes, 'application/x-www-form-urlencoded', { allowedBotIds: [] });
      if (verdict.kind !== 'question') throw new Error(verdict.kind);
      await worker.inbox.record(verdict.question);
      await worker.intake.accept(verdict.question);
      await worker.closed(verdict.question);
      return verdict.question;
    },
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
    },
  };
}

describe('a question that may be asked next', () => {
  test('stands on a button under the answer, and is asked by whoever presses it, in the thread, for all to see', async () => {
    await using worker = await started([answer, 'Carol.']);
    const question = await worker.asked('<@UVERA> who is on call?');
    await worker.closed(question);
    expect(worker.text(question)).toBe('Bob is on call.');
    expect(worker.buttons(question).map(({ value }) => value)).toEqual(['Who is on call tomorrow?']);
    const next = await worker.press(question, 'UBOB');
    expect(next).toMatchObject({ userId: 'UBOB', threadTs: question.threadTs });
    expect(worker.text(question)).toBe('Bob is on call.\n---\n<@UBOB> asked: Who is on call tomorrow?\n\nCarol.');
    expect(JSON.stringify(worker.bedrock.requests.at(-1)?.messages.at(-1))).toContain('bob: Who is on call tomorrow?');
  });

  test('is for a guest who presses it what any question of theirs is', async () => {
    await using worker = await started([answer]);
    const question = await worker.asked('<@UVERA> who is on call?');
    await worker.closed(question);
    await worker.press(question, 'UGIL');
    expect(worker.text(question)).toContain(guestWords);
    expect(worker.bedrock.requests).toHaveLength(1);
  });

  test('is under no answer that broke off, was cut or stopped by the guardrail, and no text of it is left', async () => {
    for (const stop of ['malformed_model_output', 'max_tokens', 'guardrail_intervened'] as const) {
      await using worker = await started([[answer, { stop }]]);
      const question = await worker.asked('<@UVERA> who is on call?');
      await worker.closed(question);
      expect(worker.buttons(question)).toEqual([]);
      expect(JSON.stringify(worker.slack.messages('COPS', question.threadTs))).not.toContain('on call tomorrow');
    }
  });

  test('alone is no answer', async () => {
    await using worker = await started(['```follow-ups\nWho is on call?\n```']);
    const question = await worker.asked('<@UVERA> who is on call?');
    expect(await worker.closed(question)).toMatchObject({ state: 'failed', reason: 'empty' });
  });
});
