import type { Message, ModelMetadataEventData, ModelStreamEvent, StreamOptions } from '@strands-agents/sdk';
import type { Budget, Cost } from '../budget/budget.ts';
import { microDollarsOf, type Price, type Usage } from '../budget/prices.ts';
import type { Passed } from '../guardrail/judged-stream.ts';
import type { Tool } from '../tools/tool.ts';
import type { ForgivingBedrockModel } from './bedrock-model.ts';
import { ChatSpan } from './chat-span.ts';
import { isRefusal, retryAfterOf, toAnswerFailure } from './model-failure.ts';
import type { SharedPause } from './shared-pause.ts';

interface Run {
  readonly tools: readonly Tool[];
  readonly budget: Budget;
  /** Undefined: nobody knows what its calls cost. */
  readonly price: Price | undefined;
  /** Tokens that files in the conversation may come to. */
  readonly attached: number;
  readonly pause: SharedPause;
  /** Told what the guardrail did. */
  readonly onPassed: (passed: Passed) => void;
}

/**
 * The model for one run: each call waits its turn where the service asks for it, and is taken out of its budget before it is made. Hidden tools
 * are there for the loop, and not in what the model is told.
 */
export function meteredModel(model: ForgivingBedrockModel, run: Run): ForgivingBedrockModel {
  const { tools, budget, price, pause, onPassed } = run;
  const hidden = new Set(tools.filter(({ isHidden }) => isHidden).map(({ name }) => name));
  const costOf = (usage: Usage): Cost => ({ tokens: tokensIn(usage), microDollars: price ? microDollarsOf(price, usage) : 0 });
  async function* stream(messages: Message[], { toolSpecs = [], ...given }: StreamOptions = {}): AsyncGenerator<ModelStreamEvent> {
    const options = { ...given, toolSpecs: toolSpecs.filter(({ name }) => !hidden.has(name)) };
    const began = await pause.turn(options.cancelSignal);
    const charge = await budget.begin(costOf(mostUsage(model, messages, { ...options, attached: run.attached })));
    const span = new ChatSpan(model.modelId);
    let isBegun = false;
    try {
      for await (const event of model.answer(messages, options, onPassed)) {
        if (!isBegun) pause.taken();
        isBegun = true;
        const usage = usageIn(event);
        span.take(event, usage);
        if (usage) await charge.settle(costOf(usage));
        yield event;
      }
    } catch (error) {
      span.failed(toAnswerFailure(error));
      if (!isBegun && isRefusal(error)) await charge.drop();
      if (toAnswerFailure(error).code === 'throttled') pause.refused(began, retryAfterOf(error));
      throw error;
    } finally {
      span.end();
    }
  }
  return Object.create(model, { stream: { value: stream } });
}

/**
 * What a call comes to at most, all of its input written into the cache, which costs more than reading it. A token is four characters of English,
 * and one of Chinese, which takes three bytes.
 */
function mostUsage(
  model: ForgivingBedrockModel,
  messages: readonly Message[],
  { systemPrompt, toolSpecs, attached }: StreamOptions & Pick<Run, 'attached'>,
): Usage {
  const bytes = Buffer.byteLength(JSON.stringify([systemPrompt, toolSpecs, messages.map(withoutFiles)]));
  const cacheWriteTokens = Math.ceil(bytes / 3) + attached;
  return { inputTokens: 0, outputTokens: model.getConfig().maxTokens ?? 0, cacheReadTokens: 0, cacheWriteTokens };
}

function usageIn(event: ModelStreamEvent): Usage | undefined {
  return event.type === 'modelMetadataEvent' && event.usage ? toUsage(event.usage) : undefined;
}

/** Bytes of files are no words: what they may come to is known before. */
function withoutFiles({ role, content }: Message): unknown {
  return { role, content: content.filter(({ type }) => type !== 'imageBlock' && type !== 'documentBlock') };
}

/** In our words; of what was not counted, none. */
export function toUsage(usage: ModelMetadataEventData['usage']): Usage {
  const { inputTokens = 0, outputTokens = 0, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage ?? {};
  return { inputTokens, outputTokens, cacheReadTokens: cacheReadInputTokens, cacheWriteTokens: cacheWriteInputTokens };
}

function tokensIn({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number {
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
}
