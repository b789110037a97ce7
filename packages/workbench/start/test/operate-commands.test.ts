import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { AwsError } from '@vera/aws-stand-in/aws-error';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { type LogsAsked, tellLogs } from '@vera/operate/logs/logs-command';
import { type Place, placeOf } from '@vera/operate/place';
import { permalinkOf } from '@vera/operate/questions/permalink';
import { tellQuestions } from '@vera/operate/questions/questions-command';
import { retryQuestion } from '@vera/operate/questions/retry-question';
import { ownersReport } from '@vera/operate/report/owners-report';
import { readReport } from '@vera/operate/report/read-report';
import { stopSession, tellSessions } from '@vera/operate/sessions/sessions-command';
import { sessionIdOf } from '@vera/protocol/session-id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellRunning } from '../src/tell-running.ts';
import { type Asked, startTestSystem, type TestSystem } from './support/test-system.ts';

describe('what a person asks about the system on this machine', () => {
  let [system, place, folder]: [TestSystem, Place, string] = [undefined as never, undefined as never, ''];
  let [answered, other, failed]: Asked[] = [];
  let isDown = false;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vera-'));
    system = await startTestSystem(
      scriptedModel(() => (isDown ? [{ fail: new AwsError(400, 'ValidationException', 'Something odd') }] : 'Ann is on call.')),
    );
    await tellRunning(system, 'http://127.0.0.1:1', folder);
    place = placeOf({ data: folder });
    answered = system.ask({ text: 'who is on call?' });
    await system.answered(answered);
    other = system.ask({ text: 'and tomorrow?', user: 'U0BOB' });
    await system.answered(other);
    isDown = true;
    failed = system.ask({ text: 'and what about Sunday?' });
    await system.answered(failed);
    isDown = false;
  }, 120_000);
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function logs(asked: LogsAsked, signal = new AbortController().signal) {
    const lines: string[] = [];
    const status = await tellLogs(place, asked, { tell: (line) => void lines.push(line), signal });
    return { status, lines };
  }
  const linkTo = ({ channel, ts, threadTs }: Asked) => permalinkOf({ channelId: channel, messageTs: ts, threadTs });

  it('`logs --question` tells its road through all components, in order, whether by id or by link, and none of another', async () => {
    await system.until(
      () => system.log.some(({ event, question }) => event === 'question.answered' && question === answered?.id),
      'the end',
    );
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const { status, lines } = await logs({ question: answered!.id, json: true });
    const entries = lines.map((line) => JSON.parse(line) as { event: string; question: string; service: string });
    expect(status).toBe(0);
    expect(new Set(entries.map(({ question }) => question))).toEqual(new Set([answered!.id]));
    expect(new Set(entries.map(({ service }) => service))).toEqual(new Set(['receiver', 'invoker', 'worker']));
    const road = entries.map(({ event }) => event);
    expect(road.indexOf('question.recorded')).toBe(0);
    expect(road).toEqual(expect.arrayContaining(['question.forwarded', 'question.invoked', 'question.leased', 'question.answered']));
    expect((await logs({ question: linkTo(answered!), json: true })).lines).toEqual(lines);
    const told = (await logs({ question: answered!.id })).lines;
    expect(told[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} receiver {4}info {2}question\.recorded /);
  });

  it('`logs` by person, thread and level', async () => {
    const questionsOf = (lines: readonly string[]) => new Set(lines.map((line) => (JSON.parse(line) as { question?: string }).question));
    expect(questionsOf((await logs({ person: 'U0BOB', json: true })).lines)).toEqual(new Set([other!.id]));
    const ofThread = (await logs({ thread: linkTo(other!), json: true })).lines.map((line) => JSON.parse(line) as Record<string, string>);
    expect(new Set(ofThread.map(({ thread }) => thread))).toEqual(new Set([other!.threadTs]));
    expect(ofThread.map(({ question }) => question)).toContain(other!.id);
    const bad = (await logs({ level: 'error', json: true })).lines.map((line) => JSON.parse(line) as { level: string; event: string });
    expect(new Set(bad.map(({ level }) => level))).toEqual(new Set(['error']));
    expect(bad.map(({ event }) => event)).toContain('agent.failed');
  });

  it('`logs --follow` tells what comes, once, and ends with 0 when it is stopped', async () => {
    const stopped = new AbortController();
    const lines: string[] = [];
    const following = tellLogs(
      place,
      { follow: true, json: true, since: '1s' },
      { tell: (line) => void lines.push(line), signal: stopped.signal },
    );
    const asked = system.ask({ text: 'and on Monday?' });
    // A look goes from log to log: its last line may be found before its first one.
    const isTold = (event: string) => lines.some((line) => line.includes(event) && line.includes(asked.id));
    await system.until(() => isTold('question.recorded') && isTold('question.answered'), 'its first and last line');
    stopped.abort();
    expect(await following).toBe(0);
    expect(lines.filter((line) => line.includes('question.recorded') && line.includes(asked.id))).toHaveLength(1);
  });

  it('`logs` says which log could not be looked at, tells the others, and ends with 1', async () => {
    system.cloudWatchLogs.inject({ kind: 'denied', operation: 'FilterLogEvents', times: 1 });
    const { status, lines } = await logs({ since: '1h', json: true });
    expect([status, lines.length > 0]).toEqual([1, true]);
  });

  it('`questions failed` names what failed, with why and a link, without its words; `retry` has it answered, once', async () => {
    const lines: string[] = [];
    const tell = (line: string) => void lines.push(line);
    expect(await tellQuestions(place, 'failed', { json: true, tell })).toBe(0);
    const [told] = JSON.parse(lines.join('')) as Record<string, unknown>[];
    expect(told).toMatchObject({ question: failed!.id, state: 'failed', person: 'U0ANN', channel: 'C0OPS', link: linkTo(failed!) });
    expect(lines.join('')).not.toContain('Sunday');
    const ledger = { client: new DynamoDBClient(place.clientOf('DYNAMODB')), tableName: place.nameOf('ledger') };
    const parts = { ledger, lambda: new LambdaClient(place.clientOf('LAMBDA')), invoker: place.nameOf('invoker'), now: Date.now };
    expect(await retryQuestion(parts, failed!.id)).toMatchObject({ isRetried: true, words: expect.stringContaining('on its way') });
    await system.until(
      () => system.log.some(({ event, question }) => event === 'question.answered' && question === failed!.id),
      'its answer',
    );
    expect(await retryQuestion(parts, failed!.id)).toMatchObject({ isRetried: false, words: expect.stringContaining('it is answered') });
    expect(await retryQuestion(parts, 'q-0000000000000000')).toMatchObject({ isRetried: false });
  });

  it('`sessions` lists those of threads, and stops one that is agreed to', async () => {
    const lines: string[] = [];
    const tell = (line: string) => void lines.push(line);
    const teamId = system.slack.workspace.teamId;
    const session = sessionIdOf({ teamId, channelId: answered!.channel, threadTs: answered!.threadTs, userId: 'U0ANN' }, 'thread');
    await tellSessions(place, { json: true, tell });
    expect((JSON.parse(lines.join('')) as { session: string }[]).map((one) => one.session)).toContain(session);
    const running = () => system.agentCore.sessions.some(({ id, state }) => id === session && state === 'running');
    expect(running()).toBe(true);
    expect(await stopSession(place, session.slice(0, 12), { ask: async () => 'no', tell })).toBe(1);
    expect(running()).toBe(true);
    expect(await stopSession(place, session.slice(0, 12), { ask: async () => 'yes', tell })).toBe(0);
    await system.until(() => !running(), 'its end');
    await expect(stopSession(place, 'mine', { ask: undefined, tell })).rejects.toThrow('is no session');
  });

  it('a report tells what became of all of it, in whose name and where, and no words; its page is made when it is looked at', async () => {
    const now = Date.now() + 60_000;
    const period = { from: now - 3_600_000, until: now };
    const report = await readReport({ place, period, now, withText: false, withNames: true });
    expect(report.questions).toBeGreaterThanOrEqual(3);
    expect(report.outcomes.map(({ what }) => what)).toContain('answered');
    expect(report.who.map(({ name }) => name)).toContain('Ann Chen');
    expect(report.where.map(({ name }) => name)).toContain('#ops');
    expect(report.times.map(({ what }) => what)).toEqual(['first status', 'first word', 'whole answer']);
    expect(JSON.stringify(report)).not.toMatch(/on call|tomorrow|Sunday/);
    const { html, style } = ownersReport(folder);
    const page = await html('/report.css');
    expect(page).toContain('What Vera did not know');
    expect(page).not.toContain(style);
  });
});
