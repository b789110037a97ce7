import type { Agent, AgentEvent, AgentTask, Content } from '@vera/worker/agent';
import { NoAnswer, type SimulatedProcess } from '../simulated-process.ts';

/** What a model call may come to, and what it comes to, in tokens. */
export const perCall = { most: 1_000, used: 700 };

export type Errand = 'read' | 'long' | 'write';

/** Which sentence of an answer it is, as it stands in the thread. */
const sentence = (question: string, part: string) => `«${question} ${part}»`;

const writeTool = 'create_issue';
const pieces = { read: 2, long: 8, write: 2 } as const;
/** How long the model takes over a piece, in milliseconds. */
const thoughts = { read: 700, long: 2_000, write: 700 } as const;
const filler = 'This is said at length, as answers are. '.repeat(12);

/** What a person writes to have this kind of answer; with other words the name goes on, as in `q1b`. */
export const askFor = (errand: Errand, name: string) => `${errand} ${name}`;
export const nameOf = (text: string) => text.split(' ')[1] ?? '';

/** The sentences of a whole answer, in the turn that ends it. */
export function wholeAnswer(errand: Errand, name: string): readonly string[] {
  if (errand === 'write') return [sentence(name, 'end')];
  return Array.from({ length: pieces[errand] }, (_, part) => sentence(name, `${part}`));
}

/** What stands in an answer for something that was said while it was made. */
export const foldedIn = (name: string) => sentence(name, 'folded');

interface Hearing {
  /** The model of a question is about to be asked. */
  readonly asks: (name: string) => unknown;
  /** It is about to be told what was said meanwhile. */
  readonly hears: (name: string) => void;
  /** Told what the model is paid for, in tokens. */
  readonly paid: (tokens: number) => void;
  /** Gets the names of what it was told, once it has answered to it. */
  readonly read: Set<string>;
}

/**
 * A model that knows three answers by the first word of what it is asked, and takes its time over each piece. At the end it names all that was said
 * meanwhile.
 */
export function fakeAgent(process: SimulatedProcess, { asks, hears, paid, read }: Hearing): Agent {
  const model = async (budget: AgentTask['budget'], name: string) => {
    const charge = await budget.begin({ tokens: perCall.most, microDollars: 0 });
    asks(name);
    await process.call('model', () => paid(perCall.used));
    return charge;
  };
  return async function* answer(task) {
    const asked = askedIn(task);
    const told = new Set(asked.folded);
    for (const part of partsOf(asked, task)) {
      hears(asked.name);
      for (const name of await heardBy(task)) told.add(name);
      if (!(await isThought({ process, model }, asked, task))) return yield { kind: 'ended', reason: 'cancelled' };
      for (const name of told) read.add(name);
      yield { kind: 'model-called', call: free };
      yield { kind: 'text', text: `${sentence(asked.name, part)} ${asked.errand === 'long' ? filler : ''}\n\n` };
    }
    if (asked.errand === 'write' && !isDecided(task, asked.name)) yield* wanted(task, asked.name, told);
    yield* ending(task, told);
  };
}

function* ending({ signal }: AgentTask, told: ReadonlySet<string>): Generator<AgentEvent> {
  if (signal.aborted) return yield { kind: 'ended', reason: 'cancelled' };
  for (const name of told) yield { kind: 'text', text: `${foldedIn(name)}\n\n` };
  yield { kind: 'ended', reason: 'completed' };
}

async function heardBy({ hear }: AgentTask): Promise<readonly string[]> {
  return namesIn(textsIn((await hear?.()) ?? []));
}

const free = { milliseconds: 1, inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, stopReason: 'end_turn' };

/** For other words it is wanted anew. */
const isDecided = ({ made = [] }: AgentTask, name: string) => made.some(({ input }) => (input as { readonly name?: string }).name === name);

function partsOf({ errand, name }: Asked, task: AgentTask): readonly string[] {
  if (errand === 'write' && isDecided(task, name)) return ['end'];
  if (errand === 'write') return ['begin', 'plan'];
  return Array.from({ length: pieces[errand] }, (_, part) => `${part}`);
}

async function* wanted({ tools, signal }: AgentTask, name: string, told: ReadonlySet<string>): AsyncGenerator<AgentEvent> {
  const tool = tools.find((one) => one.name === writeTool);
  if (!tool) return;
  const call = { id: `call-${name}`, tool: writeTool, title: tool.title };
  const input = { name, told: [...told] };
  yield { kind: 'tool-started', ...call };
  const { isError, text: output } = await tool.run(input, signal);
  if (signal.aborted) return;
  yield { kind: 'tool-ended', ...call, isError, milliseconds: 1, input, output };
  // Nothing was proposed: it says so.
  yield { kind: 'text', text: `${sentence(name, 'end')}\n\n` };
}

interface Asked {
  readonly errand: Errand;
  readonly name: string;
  readonly folded: readonly string[];
}

function askedIn({ turns }: AgentTask): Asked {
  const said = textsIn(turns.at(-1)?.content ?? []);
  const later = said.findIndex((text) => text.endsWith('said meanwhile:'));
  const [own, since] = later < 0 ? [said, []] : [said.slice(0, later), said.slice(later)];
  const asked = [...own.join('\n').matchAll(asking)].at(-1);
  return { errand: (asked?.[1] ?? 'read') as Errand, name: asked?.[2] ?? 'q0', folded: namesIn(since) };
}

const asking = /\b(read|long|write) (q\d[a-z]?)\b/g;

function textsIn(content: readonly Content[]): readonly string[] {
  return content.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
}

function namesIn(texts: readonly string[]): readonly string[] {
  return [...texts.join('\n').matchAll(asking)].map(([, , name = '']) => name);
}

interface Thinking {
  readonly process: SimulatedProcess;
  readonly model: (budget: AgentTask['budget'], name: string) => ReturnType<AgentTask['budget']['begin']>;
}

/** False once the work is ended. What has no answer is asked for again, as the worker's own model does. */
async function isThought({ process, model }: Thinking, { errand, name }: Asked, { budget, signal }: AgentTask): Promise<boolean> {
  const ended = Promise.withResolvers<false>();
  signal.addEventListener('abort', () => ended.resolve(false), { once: true });
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      return await Promise.race([
        model(budget, name).then(async (charge) => {
          await process.clock.pause(thoughts[errand], signal);
          if (!signal.aborted) await charge.settle({ tokens: perCall.used, microDollars: 0 });
          return !signal.aborted;
        }),
        ended.promise,
      ]);
    } catch (error) {
      if (!(error instanceof NoAnswer) || attempt === 3) throw error;
      await process.clock.pause(500 * 2 ** attempt, signal);
    }
  }
  return false;
}
