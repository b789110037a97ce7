import type { Message, ModelStreamEvent, StreamOptions } from '@strands-agents/sdk';
import type { Passed } from '../guardrail/judged-stream.ts';
import type { Tool } from '../tools/tool.ts';
import type { ForgivingBedrockModel } from './bedrock-model.ts';
import type { Budget } from './budget.ts';
import { retryAfterOf, toAnswerFailure } from './model-failure.ts';
import type { SharedPause } from './shared-pause.ts';

interface Run {
  readonly tools: readonly Tool[];
  readonly budget: Budget;
  readonly pause: SharedPause;
  /** Told what the guardrail did. */
  readonly onPassed: (passed: Passed) => void;
}

/**
 * The model for one run: each call waits its turn where the service asks for it, and is counted before it is made. Hidden tools are there
 * for the loop, and not in what the model is told.
 */
export function meteredModel(model: ForgivingBedrockModel, { tools, budget, pause, onPassed }: Run): ForgivingBedrockModel {
  const hidden = new Set(tools.filter(({ isHidden }) => isHidden).map(({ name }) => name));
  async function* stream(messages: Message[], { toolSpecs = [], ...given }: StreamOptions = {}): AsyncGenerator<ModelStreamEvent> {
    const options = { ...given, toolSpecs: toolSpecs.filter(({ name }) => !hidden.has(name)) };
    const began = await pause.turn(options.cancelSignal);
    const charge = budget.begin(() => mostTokens(model, messages, options));
    let isBegun = false;
    try {
      for await (const event of model.answer(messages, options, onPassed)) {
        if (!isBegun) pause.taken();
        isBegun = true;
        if (event.type === 'modelMetadataEvent' && event.usage) charge.settle(event.usage.totalTokens);
        yield event;
      }
    } catch (error) {
      if (!isBegun) charge.drop();
      if (toAnswerFailure(error).code === 'throttled') pause.refused(began, retryAfterOf(error));
      throw error;
    }
  }
  return Object.create(model, { stream: { value: stream } });
}

/** What a call costs at most. A token is four characters of English, and one of Chinese, which takes three bytes. */
function mostTokens(model: ForgivingBedrockModel, messages: readonly Message[], { systemPrompt, toolSpecs }: StreamOptions): number {
  const bytes = Buffer.byteLength(JSON.stringify([systemPrompt, toolSpecs, messages]));
  return Math.ceil(bytes / 3) + (model.getConfig().maxTokens ?? 0);
}
