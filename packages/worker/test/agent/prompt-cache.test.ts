import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { tokensOf } from '@vera/bedrock-stand-in/runtime/estimate-tokens';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { tool } from '../../src/tools/tool.ts';
import { startScripted } from '../questions/start-scripted.ts';
import { startAgent } from './start-agent.ts';

const lookUp = tool({
  name: 'look_up',
  title: 'Looking up',
  description: `Looks somebody up. ${'It knows every team and its rota. '.repeat(200)}`,
  inputSchema: z.object({ name: z.string() }),
  callback: ({ name }) => `${name} is on call.`,
});
const systemPrompt = { stable: 'You are Vera. '.repeat(1_000), situation: 'You are answering Ann.' };
const point = { type: 'default' };

/** Where a request has its cache points: behind so many blocks of which part. */
function pointsIn({ toolConfig, system = [], messages }: ConverseRequest): string[] {
  const parts = [
    ...(toolConfig?.tools ?? []).map((block, index) => ({ block, at: `tools ${index}` })),
    ...system.map((block, index) => ({ block, at: `system ${index}` })),
    ...messages.flatMap(({ content }, message) => content.map((block, index) => ({ block, at: `message ${message} ${index}` }))),
  ];
  return parts.flatMap(({ block, at }) => ('cachePoint' in block ? [at] : []));
}

describe('cache points', () => {
  test('M34 stand behind the tools, what is the same for all, and the latest message: three of four, of one lifetime', async () => {
    await using agent = await startAgent([[{ call: 'look_up', input: { name: 'Bob' } }], 'It is Bob.']);
    const { events } = await agent.run({ tools: [lookUp], systemPrompt });
    expect(agent.bedrock.requests.map(pointsIn)).toEqual([
      ['tools 1', 'system 1', 'message 0 1'],
      ['tools 1', 'system 1', 'message 2 1'],
    ]);
    expect(agent.bedrock.requests[0]?.system).toEqual([
      { text: systemPrompt.stable },
      { cachePoint: point },
      { text: systemPrompt.situation },
    ]);
    const [, second] = events.flatMap((event) => (event.kind === 'model-called' ? [event.call] : []));
    expect(second?.cacheReadTokens).toBeGreaterThan(tokensOf(systemPrompt.stable + systemPrompt.situation));
  });

  test('are as many with a guardrail before the model', async () => {
    await using agent = await startAgent(['Fine.'], { guardrail: { id: 'guardrail01', version: '1' } });
    await agent.run({ tools: [lookUp], systemPrompt });
    expect(agent.bedrock.requests.map(pointsIn)).toEqual([['tools 1', 'system 1', 'message 0 1']]);
  });

  test.each([
    ['us.amazon.nova-pro-v1:0', ['system 1']],
    ['us.meta.llama3-3-70b-instruct-v1:0', []],
    ['anthropic.claude-3-haiku-20240307-v1:0', []],
    ['global.anthropic.claude-haiku-4-5-20251001-v1:0', ['tools 1', 'system 1', 'message 0 1']],
  ])('are where %s takes them', async (modelId, points) => {
    await using agent = await startAgent(['Fine.'], { modelId });
    expect(await agent.run({ tools: [lookUp], systemPrompt })).toMatchObject({ text: 'Fine.', end: 'completed' });
    expect(agent.bedrock.requests.map(pointsIn)).toEqual([points]);
  });
});

describe('two people in two places', () => {
  async function ask(troubles: readonly string[] = []) {
    let offered = [lookUp];
    const offerTools = async () => ({
      tools: offered,
      ownTools: [],
      personTools: [],
      systems: [],
      troubles: () => (offered.length === 0 ? ['PagerDuty could not be reached'] : troubles),
    });
    const worker = await startScripted(() => 'Fine.', { offerTools });
    const asked = async (userId: string, channelId: string, listed = [lookUp]) => {
      offered = listed;
      const question = await worker.ask({ text: 'Who is on call?', user: userId, channel: channelId });
      await worker.intake.accept(question);
      await worker.closed(question);
      const request = worker.bedrock.requests.at(-1);
      const { cacheReadTokens } = worker.lines.findLast(({ event }) => event === 'model.called') ?? {};
      const tools = tokensOf(JSON.stringify(request?.toolConfig?.tools?.[0] ?? {}));
      const [stable, , situation] = request?.system ?? [];
      return { read: Number(cacheReadTokens), same: tools + tokensOf(stable?.text ?? ''), situation: situation?.text };
    };
    return { asked, [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose]() };
  }

  test('M33 read one cached prefix, and what is theirs stands behind it', async () => {
    await using vera = await ask(['GitHub could not be reached']);
    const first = await vera.asked('UBOB', 'COPS');
    const second = await vera.asked('UANN', 'DANN');
    expect(first.read).toBe(0);
    expect(second.read).toBe(second.same);
    expect(second.read).toBeGreaterThan(1_024);
    expect([first.situation, second.situation]).toEqual([
      expect.stringMatching(/^You are answering bob, in a channel thread\.\n\n.*GitHub could not be reached/),
      expect.stringMatching(/^You are answering ann, in a direct message\./),
    ]);
  });

  test('M33 read nothing of it while tools are missing, as tools come first of all, and all of it once they are back', async () => {
    await using vera = await ask();
    await vera.asked('UBOB', 'COPS');
    expect((await vera.asked('UANN', 'DANN', [])).read).toBe(0);
    const back = await vera.asked('UBOB', 'COPS');
    expect(back.read).toBeGreaterThanOrEqual(back.same);
  });
});
