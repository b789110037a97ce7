import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoWorkspace } from '../../src/demo-workspace.ts';
import { ledgerOf } from '../support/ledger-of.ts';
import { type Asked, startTestSystem, type TestSystem } from '../support/test-system.ts';

const [maya, ines, channel, leadership] = ['U04MAYALQ21', 'U06INESCV47', 'C04PAYONCAL', 'C04LEADERS0'];
const secret = 'We merge with Corvo in March';

/** Tries all it can to find what was decided, then repeats whatever it was given. */
function nosy({ messages }: ConverseRequest): ScriptedTurn {
  const results = messages.slice(messages.findLastIndex(({ content }) => content.some(({ text }) => text !== undefined)));
  const told = results.flatMap(({ content }) =>
    content.flatMap(({ toolResult }) => toolResult?.content.map(({ text }) => text ?? '') ?? []),
  );
  if (told.length > 0) return told.join('\n');
  return [
    { call: 'read_slack', input: { channel: 'leadership' } },
    { call: 'read_slack', input: { channel: leadership } },
    { call: 'read_slack', input: { channel: 'leadership', query: 'merge' } },
    { call: 'read_slack', input: { query: 'merge Corvo March' } },
  ];
}

describe('F32 what only the asker may read', () => {
  let system: TestSystem;
  let asked: Asked;

  beforeAll(async () => {
    system = await startTestSystem(scriptedModel(nosy), { slack: { workspace: demoWorkspace }, worker: { isTalkative: true } });
    system.slack.post({ user: maya, channel: leadership, text: secret });
    system.slack.post({ user: ines, channel: 'C04GENERAL1', text: 'Corvo is coming to lunch in March' });
    asked = system.ask({ user: maya, channel, text: 'what did we decide about the merger?' });
    await system.answered(asked);
  }, 60_000);
  afterAll(() => system?.[Symbol.asyncDispose]());

  test('stands nowhere in a thread that others read, whatever the model tries; what all may read does', () => {
    const thread = JSON.stringify(system.slack.messages(channel, asked.threadTs));
    expect(thread).toContain('Corvo is coming to lunch');
    expect(thread).not.toContain('We merge');
    expect(thread).toContain('only in a direct message');
  });

  test('is told to the asker privately, and to nobody else', () => {
    expect(system.slack.ephemerals(maya).map(({ text }) => text)).toEqual([expect.stringContaining('Ask me about it in a direct message')]);
    expect(system.slack.ephemerals(ines)).toEqual([]);
    expect(system.slack.ephemerals(maya).join()).not.toContain('We merge');
  });

  test('is not there for a later question of somebody else in the thread', async () => {
    const later = system.ask({ user: ines, channel, threadTs: asked.threadTs, text: 'and what about the merger?' });
    const answer = await system.answered(later);
    expect(system.text(answer)).not.toContain('We merge');
    expect(JSON.stringify(system.slack.messages(channel, asked.threadTs))).not.toContain('We merge');
  });

  test('is read for them in a direct message', async () => {
    const alone = system.ask({ user: maya, channel: 'D04MAYAVERA', text: 'what did we decide about the merger?' });
    expect(system.text(await system.answered(alone))).toContain(secret);
  });

  test('F33 and no token with which Slack was searched is in a log, the ledger, or anything that was posted', async () => {
    const searches = system.slack.calls.filter(({ method }) => method === 'assistant.search.context');
    const tokens = searches.map(({ args }) => String(args.action_token));
    expect(new Set(tokens).size).toBeGreaterThanOrEqual(3);
    const answered = system.log.filter(({ event, tool }) => event === 'tool.answered' && tool === 'read_slack');
    expect(new Set(answered.map(({ output }) => output))).toEqual(new Set(['[not kept]']));
    const kept = JSON.stringify([
      system.lines,
      await ledgerOf(system)(asked),
      system.slack.messages(channel),
      system.slack.ephemerals(maya),
    ]);
    for (const token of tokens) expect([token.length > 12, kept.includes(token)]).toEqual([true, false]);
  });
});
