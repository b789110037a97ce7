import type { Question } from '@vera/protocol/question';
import type { Tool } from '../../src/tools/tool.ts';
import { type ScriptedOptions, startScripted } from './start-scripted.ts';

type Worker = Awaited<ReturnType<typeof startScripted>>;
export type Meanwhile = (worker: Worker, question: Question) => Promise<unknown>;

export const look = { call: 'look', input: {} } as const;

/** A worker whose first question looks something up; `meanwhile` happens during that. */
export async function asking(meanwhile: Meanwhile, script: Parameters<typeof startScripted>[0], options: ScriptedOptions = {}) {
  let given: readonly [Worker, Question] | undefined;
  const tool: Tool = {
    ...{ name: 'look', title: 'Looking', description: 'Looks', inputSchema: { type: 'object' } },
    async run() {
      const [once] = [given];
      given = undefined;
      if (once) await meanwhile(...once);
      return { text: 'It is so.', isError: false };
    },
  };
  const worker = await startScripted(script, { toolsFor: () => [tool], ...options });
  const question = await worker.ask({ text: '<@UVERA> who is on call?' });
  given = [worker, question];
  return { ...worker, question, [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose]() };
}

/** Writes on in the thread; the receiver brings it to the worker. */
export function says(text: string, { user = 'UANN', ...changes }: Partial<Question> & { user?: string } = {}) {
  const said: { question?: Question } = {};
  const meanwhile: Meanwhile = async (worker, { threadTs }) => {
    said.question = await worker.ask({ text: `<@UVERA> ${text}`, threadTs, user }, changes);
    await worker.intake.accept(said.question);
  };
  const of = () => said.question as Question;
  return { meanwhile, of };
}

export const requestsOf = ({ bedrock }: Pick<Worker, 'bedrock'>) => bedrock.requests.map(({ messages }) => JSON.stringify(messages));
type Later = Question | (() => Question);
/** How each ended, one after the other, as a later one may not have been asked yet. */
export async function statesOf(worker: Worker, ...questions: Later[]) {
  const states: (readonly [string | undefined, string | undefined])[] = [];
  for (const later of questions) {
    const record = await worker.closed(typeof later === 'function' ? later() : later);
    states.push([record?.state, record?.reason]);
  }
  return states;
}
