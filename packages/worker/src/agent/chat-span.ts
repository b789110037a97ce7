import type { ModelStreamEvent } from '@strands-agents/sdk';
import type { Usage } from '../budget/prices.ts';
import type { AnswerFailure } from '../failure.ts';
import { failed, startOperation } from '../tracing/in-span.ts';
import { names } from '../tracing/names.ts';

/** One call of the model in a trace: what it used, and nothing of what was said. */
export class ChatSpan {
  private readonly span;
  private readonly beganAt = performance.now();
  private hasBegun = false;

  constructor(model: string | undefined) {
    this.span = startOperation('chat', model, {
      [names.provider]: 'aws.bedrock',
      ...(model === undefined ? {} : { [names.model]: model }),
    });
  }

  take(event: ModelStreamEvent, usage: Usage | undefined): void {
    if (event.type === 'modelContentBlockDeltaEvent' && !this.hasBegun) {
      this.hasBegun = true;
      this.span.setAttribute(names.firstChunk, (performance.now() - this.beganAt) / 1000);
    }
    if (event.type === 'modelMessageStopEvent') this.span.setAttribute(names.finishReasons, [event.stopReason]);
    if (usage) this.span.setAttributes(usageOf(usage));
  }

  failed(failure: AnswerFailure): void {
    failed(this.span, failure);
  }

  end(): void {
    this.span.end();
  }
}

function usageOf({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Usage) {
  return {
    [names.inputTokens]: inputTokens + cacheReadTokens + cacheWriteTokens,
    [names.outputTokens]: outputTokens,
    ...(cacheReadTokens > 0 ? { [names.cacheRead]: cacheReadTokens } : {}),
    ...(cacheWriteTokens > 0 ? { [names.cacheWritten]: cacheWriteTokens } : {}),
  };
}
