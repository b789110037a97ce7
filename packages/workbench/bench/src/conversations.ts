import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { names } from '@vera/start/names';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { type Figure, pingFigure } from './figures.ts';
import { startPings } from './pings.ts';
import { quickModel } from './quick-model.ts';

/** Many questions in one worker: how long `/ping` waits, and whether every answer arrives once. */
export async function measureConversations(): Promise<Figure[]> {
  const even = await measureEven(100);
  const twenty = await measureBurst(20);
  const hundred = await measureBurst(100);
  const ends = [...even.ends, ...twenty.ends, ...hundred.ends];
  return [
    even.figure,
    twenty.figure,
    hundred.figure,
    { what: 'answers lost', value: String(ends.filter((count) => count === 0).length), goal: '0' },
    { what: 'answers doubled', value: String(ends.filter((count) => count > 1).length), goal: '0' },
  ];
}

interface Measured {
  readonly figure: Figure;
  /** How often each question was answered. */
  readonly ends: readonly number[];
}

/** Between two questions, in milliseconds: all at once would measure how fast this machine starts a hundred Lambda processes. */
const spacing = 60;
const words = 'A sentence that is streamed slowly, word by word, as a model would say it. '.repeat(12);
/** Each answer takes some twelve seconds, so that all are under way at once. */
const slow = scriptedModel(() => [{ say: words, pieceLength: 12, pauseMilliseconds: 150 }]);

async function measureEven(conversations: number): Promise<Measured> {
  await using system = await startBenchSystem(slow, { worker: { sessionScope: 'workspace' } });
  await system.answer('warming up');
  const pings = await startPings(system.worker().port);
  const asked = await Promise.all(await askEvenly(system, conversations));
  const waits = await pings.end();
  return { figure: pingFigure(`under ${conversations} conversations`, waits), ends: endsOf(system, asked) };
}

/** The questions are recorded one after the other and held back, then all given to the worker in the same moment. */
async function measureBurst(questions: number): Promise<Measured> {
  await using system = await startBenchSystem(quickModel, { worker: { sessionScope: 'workspace' } });
  await system.answer('warming up');
  const { port, pid, sessionId } = system.worker();
  const held: string[] = [];
  system.lambda.disturb(({ functionName, payload }) => {
    if (functionName !== names.invoker) return undefined;
    held.push(payload);
    return { drop: true };
  });
  const answers = await askEvenly(system, questions);
  for (let waits = 0; held.length < questions; waits += 1) {
    if (waits * spacing > 60_000) throw new Error(`Only ${held.length} of ${questions} questions were recorded`);
    await sleep(spacing);
  }
  using core = giveOneCore(pid);
  const pings = await startPings(port);
  await Promise.all(held.map((question) => giveToWorker(question, port, sessionId)));
  const asked = await Promise.all(answers);
  const waits = await pings.end();
  const figure = pingFigure(`with ${questions} questions at once, worker on ${core.where}`, waits);
  return { figure, ends: endsOf(system, asked) };
}

type Answered = Awaited<ReturnType<BenchSystem['answer']>>;

/** Resolves once all are asked, to their answers to come. */
async function askEvenly(system: BenchSystem, questions: number): Promise<Promise<Answered>[]> {
  const answers: Promise<Answered>[] = [];
  for (let question = 0; question < questions; question += 1) {
    answers.push(system.answer('one of many'));
    await sleep(spacing);
  }
  return answers;
}

function endsOf({ ended }: BenchSystem, asked: readonly Answered[]): number[] {
  return asked.map(({ ts }) => ended.get(ts) ?? 0);
}

/** As AgentCore hands it on. */
async function giveToWorker(question: string, port: number, sessionId: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': sessionId };
  const response = await fetch(`http://127.0.0.1:${port}/invocations`, { method: 'POST', headers, body: question });
  if (!response.ok) throw new Error(`The worker answered ${response.status}`);
  await response.text();
}

/**
 * Gives a process the last core for itself, where the system can, and says where it runs: what stands in for the world, and asks, shares the
 * others meanwhile. In AWS nothing of it is on the worker's machine.
 */
function giveOneCore(pid: number): { readonly where: string } & Disposable {
  const last = availableParallelism() - 1;
  try {
    hold(pid, `${last}`);
    if (last > 0) hold(process.pid, `0-${last - 1}`);
    return { where: 'one core', [Symbol.dispose]: () => hold(process.pid, `0-${last}`) };
  } catch {
    return { where: 'all cores', [Symbol.dispose]: () => {} };
  }
}

/** All threads of a process; those that it starts later inherit it. */
function hold(pid: number, cores: string): void {
  execFileSync('taskset', ['-a', '-c', '-p', cores, String(pid)], { stdio: 'ignore' });
}
