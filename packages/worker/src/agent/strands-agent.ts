import {
  type AgentStreamEvent,
  CachePointBlock,
  FunctionTool,
  type JSONSchema,
  Agent as StrandsAgent,
  type SystemContentBlock,
  TextBlock,
} from '@strands-agents/sdk';
import type { AnswerFailure } from '../failure.ts';
import { GuardedTalk } from '../guardrail/guarded-talk.ts';
import { guardedTask } from '../guardrail/guarded-task.ts';
import type { JudgeText } from '../guardrail/judge-text.ts';
import type { Passed } from '../guardrail/judged-stream.ts';
import type { Tool } from '../tools/tool.ts';
import type { Agent, AgentEvent, AgentTask, EndReason } from './agent.ts';
import { type ForgivingBedrockModel, PatientRetry } from './bedrock-model.ts';
import { Budget } from './budget.ts';
import { toMessages } from './converse-messages.ts';
import { meteredModel } from './metered-model.ts';
import { toAnswerFailure } from './model-failure.ts';
import { RunRecord, type ToolProgress } from './run-record.ts';
import { SharedPause } from './shared-pause.ts';
import type { SystemPrompt } from './system-prompt.ts';

export interface StrandsAgentParams {
  readonly model: ForgivingBedrockModel;
  /** Model calls a question may take. */
  readonly turns: number;
  /** Tokens a question may use, input and output together. */
  readonly totalTokens: number;
  /** Judges what was said before, what tools give and what is in files; undefined: there is no guardrail. */
  readonly judge?: JudgeText | undefined;
  readonly retry: { readonly attempts: number; readonly baseMilliseconds: number };
}

/** The agent loop of `@strands-agents/sdk`: one agent a question, since an agent takes one call at a time; the model is shared. */
export function createStrandsAgent({ model, judge, turns, totalTokens, retry }: StrandsAgentParams): Agent {
  const pause = new SharedPause(retry);
  const talk = judge && new GuardedTalk(judge);
  return async function* run(given) {
    const record = new RunRecord(given.tools, judge !== undefined);
    const task = judge && talk ? await guardedTask(given, { judge, talk, onNote: (note) => record.note(note) }) : given;
    yield* record.noted();
    const budget = task.budget ?? new Budget({ calls: turns, tokens: totalTokens });
    const onPassed = (passed: Passed) => {
      record.passed(passed);
      if (passed.masked.length === 0) talk?.passed(task.turns);
    };
    const agent = new StrandsAgent({
      model: meteredModel(model, { tools: task.tools, budget, pause, onPassed }),
      systemPrompt: toSystemBlocks(task.systemPrompt, model),
      tools: task.tools.map((tool) => toStrandsTool(tool, record)),
      printer: false,
      retryStrategy: new PatientRetry(retry.attempts, retry.baseMilliseconds, () => !record.hasTextOfThisCall),
      sandbox: false,
    });
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

function toStrandsTool(tool: Tool, record: RunRecord): FunctionTool {
  return new FunctionTool({
    name: tool.name,
    description: tool.description,
    inputSchema: tool.inputSchema as JSONSchema,
    async *callback(input, { cancelSignal, toolUse }) {
      if (!record.mayCallTool()) return 'No further tool calls are possible for this question. Answer with what is known.';
      const said = saidMeanwhile();
      const running = tool.run(input, cancelSignal, said.say).finally(said.end);
      for await (const line of said.lines) yield { toolUseId: toolUse.toolUseId, ...line } satisfies ToolProgress;
      const output = await running;
      record.told(toolUse.toolUseId, output);
      // The library turns a thrown error into an error result that holds its message.
      if (output.isError) throw new Error(output.text);
      return output.text;
    },
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
