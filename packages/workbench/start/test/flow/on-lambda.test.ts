import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failuresQueues, names } from '../../src/names.ts';
import { createChangePerson } from '../support/change-person.ts';
import { startTestSystem, type TestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';

let isDead = false;
const added = Promise.withResolvers<void>();

function turnOf({ messages }: ConverseRequest): ScriptedTurn {
  const last = JSON.stringify(messages.at(-1)?.content);
  if (last.includes('Approved and done')) return `It is ${/PAY-\d+/.exec(last)?.[0]}.`;
  if (last.includes('and tomorrow')) return 'Ann today, Bob tomorrow.';
  if (last.includes('on call')) return [{ until: added.promise }, { call: 'search_knowledge_base', input: { query: 'on call' } }];
  if (last.includes('toolResult')) return 'The tray is at the back.';
  if (last.includes('printer')) return [{ call: 'search_knowledge_base', input: { query: 'printer paper jam' } }];
  if (last.includes('file it')) return [{ call: 'create_jira_issue', input: { project: 'PAY', issue_type: 'Bug', summary: 'Once' } }];
  if (last.includes('at length')) return [{ say: 'One more sentence. '.repeat(400), pieceLength: 20, pauseMilliseconds: 100 }];
  if (last.includes('dies') && !isDead) return ['It begins. '.repeat(40), { hang: true }];
  return 'It is whole.';
}

/** Of `VERA_PLATFORM=lambda`, with which all other tests of the whole system run on Lambda, what must not break unseen. */
describe('on Lambda', { timeout: 60_000 }, () => {
  let system: TestSystem;
  beforeAll(async () => {
    // A heartbeat as the stack sets it; leases as everywhere.
    system = await startTestSystem(scriptedModel(turnOf), {
      tools: testTools(),
      timings: { receiverGrace: 20, sweeperGrace: 20, lease: 4, heartbeat: 1 },
      sweepEvery: 250,
      worker: { platform: 'lambda' },
    });
  });
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
  });

  const workers = () => system.lambda.instances.filter(({ functionName }) => functionName === names.worker);
  const seen = (event: string, id: string) => system.log.some((line) => line.event === event && line.question === id);
  const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];

  it('a question is read about and answered; then its process stands still, holds no connection, and is used again', async () => {
    const first = system.ask({ text: 'the printer has a paper jam' });
    expect(system.text(await system.answered(first))).toContain('The tray is at the back.');
    await system.until(() => workers().every(({ state }) => state === 'idle'), 'the end of the event');
    const [{ pid = 0 } = {}] = workers();
    await expect.poll(() => stateOf(pid)).toBe('T');
    // One to the Runtime API, where it waits for the next.
    expect(openSocketsOf(pid)).toHaveLength(1);
    await system.answered(system.ask({ text: 'and then?', threadTs: first.threadTs }));
    expect(workers().map((worker) => worker.pid)).toContain(pid);
    expect(system.agentCore.sessions).toEqual([]);
    expect(system.record.calls.some(({ action }) => /InvokeAgentRuntime|StopRuntimeSession/.test(action))).toBe(false);
  });

  it('D30 what a question left of its trace has arrived before its event is over, and a collector that says nothing holds no event', async () => {
    const isIdle = () => workers().every(({ state }) => state === 'idle');
    const told = system.ask({ text: 'the printer has a paper jam' });
    await system.answered(told);
    await system.until(isIdle, 'the end of the event');
    const spans = system.xRay.spansOf(told.id);
    const ids = new Set(spans.map(({ id }) => id));
    expect(spans.filter(({ parent }) => parent !== undefined && !ids.has(parent))).toEqual([]);
    expect(spans.find(({ name }) => name === 'attempt')?.attributes).toMatchObject({ 'vera.outcome': 'answered' });
    const speak = system.xRay.inject({ kind: 'delay', milliseconds: 30_000, times: 100 });
    const untold = system.ask({ text: 'the printer has a paper jam' });
    await system.answered(untold);
    await system.until(isIdle, 'the end of the event');
    expect(system.log.some(({ event }) => event === 'trace.not-sent')).toBe(true);
    speak();
  });

  it('R16 a change waits for its approval without a process, and is made once', async () => {
    const ann = createChangePerson(system, 'U0ANN');
    await ann.connects();
    const asked = system.ask({ text: 'file it' });
    await system.until(() => seen('question.let-go', asked.id), 'the card');
    await system.until(() => workers().every(({ state }) => state === 'idle'), 'no process at work');
    await ann.approves(asked);
    expect(system.text(await system.answered(asked))).toMatch(/It is PAY-\d+\./);
    expect(system.tools!.jira.issues.filter(({ summary }) => summary === 'Once')).toHaveLength(1);
  });

  it('a stop is noticed by the next heartbeat', async () => {
    const asked = system.ask({ text: 'tell me at length' });
    await system.until(() => (system.replies(asked)[0]?.markdown ?? '').length > 0, 'the beginning');
    system.slack.react({ user: 'U0ANN', channel: asked.channel, ts: asked.ts, name: 'octagonal_sign' });
    expect(system.text(await system.answered(asked, 10_000))).toContain('_Stopped._');
  });

  it('what is written meanwhile is folded in, though it is brought to another process', async () => {
    const asked = system.ask({ text: 'who is on call?' });
    const more = system.ask({ text: 'and tomorrow?', threadTs: asked.threadTs });
    await system.until(() => seen('question.recorded', more.id), 'its record');
    added.resolve();
    expect(system.text(await system.answered(asked))).toContain('Ann today, Bob tomorrow.');
    await system.until(() => seen('question.answered', more.id), 'the end of what was added');
    expect([asked, more].map((one) => system.outcomes(one).length)).toEqual([1, 0]);
  });

  it('R10 R14 a question whose process dies is answered once, and Lambda itself tries nothing again', async () => {
    const asked = system.ask({ text: 'the process dies' });
    await system.until(() => seen('reply.started', asked.id), 'the beginning');
    isDead = true;
    expect(system.killWorkers(asked)).toBe(true);
    expect(system.text(await system.answered(asked))).toContain('It is whole.');
    expect(system.text(system.replies(asked))).not.toContain('It begins.');
    expect(system.outcomes(asked)).toHaveLength(1);
    const told = { requestContext: { approximateInvokeCount: 1 }, requestPayload: { id: asked.id } };
    expect(system.lambda.messagesIn(failuresQueues[names.worker])).toMatchObject([told]);
  });
});

/** Its open connections over IP, as Linux lists them. */
function openSocketsOf(pid: number): string[] {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  const established = readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state]) => state === '01');
  return established.flatMap(([, , to = '', , , , , , , inode]) => (links.includes(`socket:[${inode}]`) ? [to] : []));
}
