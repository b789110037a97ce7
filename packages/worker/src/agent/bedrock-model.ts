import type { BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import {
  BedrockModel,
  type BedrockModelOptions,
  DefaultModelRetryStrategy,
  ExponentialBackoff,
  type Message,
  type ModelStreamEvent,
  type StreamOptions,
} from '@strands-agents/sdk';
import type { Log } from '@vera/service-kit/log';
import { toAnswerFailure } from './model-failure.ts';

/** What a model may be asked with: parameters it refuses are left out, so that a question never fails for them. */
export interface ModelSettings {
  readonly modelId: string;
  readonly maxTokens: number;
  readonly temperature?: number;
}

/** Claude 5 and Opus 4.7 on refuse `temperature`, `top_p` and `top_k`. */
const refusesTemperature = /claude-(?:(?:opus|sonnet|haiku|fable)-(?:[5-9]|\d{2,})(?:-|$)|opus-4-[7-9])/;

export function modelSettings(modelId: string, maxTokens: number): ModelSettings {
  return refusesTemperature.test(modelId) ? { modelId, maxTokens } : { modelId, maxTokens, temperature: 0.2 };
}

/** Stands for tool input that is not JSON; every tool refuses it with words the model can read. */
const unreadableInput = JSON.stringify({ 'input was not valid JSON': true });

export interface ModelOptions {
  readonly guardrail?: Guardrail | undefined;
  /** Whole requests and answers are logged there. */
  readonly log?: Log | undefined;
}

/** A published version of a guardrail, which reads what goes in and what comes out. */
export interface Guardrail {
  readonly id: string;
  readonly version: string;
}

/** Bedrock's Converse API with prompt caching. Shared by all questions of a process: it holds no state of theirs. */
export function createBedrockModel(
  settings: ModelSettings,
  clientConfig: BedrockRuntimeClientConfig,
  { guardrail, log }: ModelOptions = {},
): BedrockModel {
  const guarded = guardrail ? { guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version } } : {};
  return new ForgivingBedrockModel({ ...settings, ...guarded, clientConfig, cacheConfig: { strategy: 'auto' }, stream: true }, log);
}

/** The library throws on tool input that does not parse, which would end the question over one slip of the model. */
class ForgivingBedrockModel extends BedrockModel {
  private readonly log: Log | undefined;

  constructor(options: BedrockModelOptions, log: Log | undefined) {
    super(options);
    this.log = log;
  }

  override async *stream(messages: Message[], options?: StreamOptions): AsyncIterable<ModelStreamEvent> {
    this.log?.debug('model.request', { messages: messages.map((message) => message.toJSON()), system: options?.systemPrompt });
    for await (const event of this.repaired(messages, options)) {
      this.log?.debug('model.event', { event });
      yield event;
    }
  }

  private async *repaired(messages: Message[], options?: StreamOptions): AsyncIterable<ModelStreamEvent> {
    let input: string | undefined;
    for await (const event of super.stream(messages, options)) {
      if (event.type === 'modelContentBlockDeltaEvent' && event.delta.type === 'toolUseInputDelta') {
        input = (input ?? '') + event.delta.input;
        continue;
      }
      if (event.type === 'modelContentBlockStopEvent' && input !== undefined) {
        yield {
          type: 'modelContentBlockDeltaEvent',
          delta: { type: 'toolUseInputDelta', input: isJsonObject(input) ? input : unreadableInput },
        };
        input = undefined;
      }
      yield event;
    }
  }
}

function isJsonObject(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * The library does not see Bedrock's throttling as throttling. One instance an agent: it counts the attempts. Once text of an
 * answer was shown, the call is not repeated, as the text would be shown twice.
 */
export class PatientRetry extends DefaultModelRetryStrategy {
  private readonly mayRepeat: () => boolean;

  /** `baseMilliseconds`: the first pause; each further one is twice as long, up to eight seconds. */
  constructor(maxAttempts: number, baseMilliseconds: number, mayRepeat: () => boolean) {
    super({ maxAttempts, backoff: new ExponentialBackoff({ baseMs: baseMilliseconds, maxMs: 8_000 }) });
    this.mayRepeat = mayRepeat;
  }

  protected override isRetryable(error: Error): boolean {
    const { code } = toAnswerFailure(error);
    return this.mayRepeat() && (code === 'throttled' || code === 'unavailable');
  }
}
