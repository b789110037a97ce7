import {
  type AgentStreamEvent,
  BeforeModelCallEvent,
  CachePointBlock,
  FunctionTool,
  type JSONSchema,
  Message,
  Agent as StrandsAgent,
  type SystemContentBlock,
  TextBlock,
} from '@strands-agents/sdk';
import type { Budget } from '../budget/budget.ts';
import type { Price } from '../budget/prices.ts';
import type { AnswerFailure } from '../failure.ts';
import { GuardedTalk } from '../guardrail/guarded-talk.ts';
import { guardedTask } from '../guardrail/guarded-task.ts';
import type { JudgeText } from '../guardrail/judge-text.ts';
import type { Passed } from '../guardrail/judged-stream.ts';
import type { Tool, ToolOutput } from '../tools/tool.ts';
import { startOperation, within } from '../tracing/in-span.ts';
import { names } from '../tracing/names.ts';
import type { Agent, AgentEvent, AgentTask, Content, EndReason, Words } from './agent.ts';
import { type ForgivingBedrockModel, PatientRetry } from './bedrock-model.ts';
import { toMessages } from './converse-messages.ts';
import { meteredModel } from './metered-model.ts';
import { toAnswerFailure } from './model-failure.ts';
import { RunRecord, type ToolProgress } from './run-record.ts';
import { SharedPause } from './shared-pause.ts';
import type { SystemPrompt } from './system-prompt.ts';

export interface StrandsAgentParams {
  readonly model: ForgivingBedrockModel;
  /** Undefined: its calls are counted in tokens only. */
  readonly price?: Price | undefined;
  /** Judges what was said before, what tools give and what is in files; undefined: there is no guardrail. */
  readonly judge?: JudgeText | undefined;
  readonly retry: { readonly attempts: number; readonly baseMilliseconds: number };
}

/** The agent loop of `@strands-agents/sdk`: one agent a question, since an agent takes one call at a time; the model is shared. */
export function createStrandsAgent({ model, price, judge, retry }: StrandsAgentParams): Agent {
  const pause = new SharedPause(retry);
  const talk = judge && new GuardedTalk(judge);
  return async function* run(given) {
    const record = new RunRecord(given.tools, judge !== undefined, model.modelId);
    const task = judge && talk ? await guardedTask(given, { judge, talk, onNote: (note) => record.note(note) }) : given;
    yield* record.noted();
    const { budget } = task;
    const onPassed = (passed: Passed) => {
      record.passed(passed);
      if (passed.masked.length === 0) talk?.passed(task.turns);
    };
    const attached = attachedTokens(task.turns);
    const agent = new StrandsAgent({
      model: meteredModel(model, { tools: task.tools, budget, price, pause, attached, onPassed }),
      systemPrompt: toSystemBlocks(task.systemPrompt, model),
      tools: task.tools.map((tool) => toStrandsTool(tool, record, budget)),
      printer: false,
      retryStrategy: new PatientRetry(retry.attempts, retry.baseMilliseconds, () => !record.hasTextOfThisCall),
      sandbox: false,
    });
    const { hear } = task;
    if (hear) agent.addHook(BeforeModelCallEvent, async (event) => addTo(event.agent.messages, await hear()));
    const stream = agent.stream(toMessages(task, model.isGuarded), { cancelSignal: task.signal });
    try {
      for await (const event of translate(stream, record)) {
        if (event.kind === 'ended') yield* leftOut(model, task);
        yield event;
      }
    } catch (error) {
      yield* leftOut(model, task);
      yield { kind: 'ended', reason: endOf(toAnswerFailure(error), task.signal) };
    }
  };
}

/**
 * Roles alternate, so what was said meanwhile goes with the last message, which is the user's before each call. Beside results of tools Bedrock
 * takes nothing (https://github.com/strands-agents/harness-sdk/issues/1223): then there are words of the assistant's between.
 */
function addTo(messages: Message[], said: readonly Words[]): void {
  const last = messages.at(-1);
  if (!last || said.length === 0) return;
  const content = said.map(({ text }) => new TextBlock(text));
  if (last.content.some(({ type }) => type === 'toolResultBlock')) {
    const between = new TextBlock('I read what was said meanwhile before I go on.');
    messages.push(new Message({ role: 'assistant', content: [between] }), new Message({ role: 'user', content }));
  } else messages[messages.length - 1] = new Message({ ...last, content: [...last.content, ...content] });
}

/** How a run ended that failed, where that is an end; rejects with what is none. */
function endOf(failure: AnswerFailure, { aborted }: AbortSignal): EndReason {
  // Also where a person stopped it meanwhile: what was shown of it has to go.
  if (failure.code === 'blocked') throw failure;
  if (aborted) return 'cancelled';
  if (failure.code === 'cut' || failure.code === 'too-many-steps') return failure.code;
  throw failure;
}

/**
 * Where a system prompt has no cache point, the library puts one behind all of it, where nobody else's question begins the same. With its
 * own behind the tools and the latest message that makes three of the four a request may have, all of one lifetime. Tools come first of
 * all: while a server is away the list is another one, and what stands behind it is written anew.
 */
function toSystemBlocks({ stable, situation }: SystemPrompt, { isCaching }: ForgivingBedrockModel): SystemContentBlock[] {
  const point = isCaching ? [new CachePointBlock({ cacheType: 'default' })] : [];
  return [new TextBlock(stable), ...point, ...(situation === '' ? [] : [new TextBlock(situation)])];
}

/** A picture of the largest size a model looks at, and a page of a document with its words and its picture: https://platform.claude.com/docs/en/build-with-claude/pdf-support */
const [tokensPerImage, tokensPerPage] = [5_000, 4_500];

function attachedTokens(turns: AgentTask['turns']): number {
  const tokensOf = (part: Content) => {
    if (part.kind === 'document') return part.pages * tokensPerPage;
    return part.kind === 'image' ? tokensPerImage : 0;
  };
  return turns.flatMap(({ content }) => content).reduce((sum, part) => sum + tokensOf(part), 0);
}

function* leftOut({ refused }: ForgivingBedrockModel, { turns, tools }: AgentTask): Generator<AgentEvent> {
  const content = turns.flatMap((turn) => turn.content);
  for (const words of refused.among(content, tools)) yield { kind: 'left-out', words };
}

async function* translate(stream: AsyncGenerator<AgentStreamEvent, unknown, undefined>, record: RunRecord): AsyncGenerator<AgentEvent> {
  for await (const event of stream) {
    if (event.type === 'agentResultEvent') yield { kind: 'ended', reason: endReasonOf(event.result.stopReason) };
    else yield* record.translate(event);
  }
}

function endReasonOf(stopReason: string): EndReason {
  switch (stopReason) {
    case 'endTurn':
    case 'stopSequence':
    case 'toolUse':
      return 'completed';
    case 'maxTokens':
      return 'cut';
    case 'contentFiltered':
    case 'refusal':
      return 'blocked';
    case 'cancelled':
      return 'cancelled';
    case 'modelContextWindowExceeded':
      throw toAnswerFailure(new Error('input is too long for requested model'));
    default:
      throw toAnswerFailure(new Error(`the model stopped with ${stopReason}`));
  }
}

function toStrandsTool(tool: Tool, record: RunRecord, budget: Budget): FunctionTool {
  return new FunctionTool({
    name: tool.name,
    description: tool.description,
    inputSchema: tool.inputSchema as JSONSchema,
    async *callback(input, { cancelSignal, toolUse }) {
      const refusal = budget.beginTool(tool.name, input);
      if (refusal !== undefined) return refusal;
      const said = saidMeanwhile();
      const running = tracedCall(tool, { input, id: toolUse.toolUseId }, () => tool.run(input, cancelSignal, said.say)).finally(said.end);
      for await (const line of said.lines) yield { toolUseId: toolUse.toolUseId, ...line } satisfies ToolProgress;
      const output = await running;
      record.told(toolUse.toolUseId, output);
      // The library turns a thrown error into an error result that holds its message.
      if (output.isError) throw new Error(output.text);
      return output.text;
    },
  });
}

/** Of one that leads to others it is the other that is told. */
function tracedCall(tool: Tool, { input, id }: { readonly input: unknown; readonly id: string }, call: () => Promise<ToolOutput>) {
  const { name } = tool.behind?.(input) ?? tool;
  const span = startOperation('execute_tool', name, { [names.tool]: name, [names.toolCall]: id });
  return within(span, async () => {
    const output = await call();
    if (output.isError) span.setStatus({ code: 2 }).setAttribute(names.error, 'tool');
    return output;
  });
}

type Line = Pick<ToolProgress, 'words' | 'about'>;

/** What is said goes out as it comes, until it is over. */
function saidMeanwhile() {
  let controller: ReadableStreamDefaultController<Line>;
  const lines = new ReadableStream<Line>({
    start(given) {
      controller = given;
    },
  });
  let isOver = false;
  return {
    lines,
    say: (words: string, about?: 'details') => {
      if (!isOver) controller.enqueue(about ? { words, about } : { words });
    },
    end: () => {
      isOver = true;
      controller.close();
    },
  };
}
