import type { BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import {
  type AfterModelCallEvent,
  BedrockModel,
  type BedrockModelOptions,
  DefaultModelRetryStrategy,
  ExponentialBackoff,
  type Message,
  type ModelStreamEvent,
  type RetryDecision,
  type StreamOptions,
} from '@strands-agents/sdk';
import type { Log } from '@vera/service-kit/log';
import { BlockedFailure, type FailureCode } from '../failure.ts';
import { judgedStream, type Passed } from '../guardrail/judged-stream.ts';
import { joinedAnswer } from './joined-answer.ts';
import { loggedMessages } from './logged-messages.ts';
import { toAnswerFailure } from './model-failure.ts';
import { type ModelInput, RefusedParts } from './refused-parts.ts';
import { repairedStream } from './repair-stream.ts';

/** What a model may be asked with: parameters it refuses are left out, so that a question never fails for them. */
export interface ModelSettings {
  readonly modelId: string;
  readonly maxTokens: number;
  readonly temperature?: number;
}

/** Claude 5 and Opus 4.7 on refuse `temperature`, `top_p` and `top_k`. */
const refusesTemperature = /claude-(?:(?:opus|sonnet|haiku|fable)-(?:[5-9]|\d{2,})(?:-|$)|opus-4-[7-9])/;
/** Its ARN says nothing of the model behind it, which may be one that refuses. */
const saysNoModel = /:application-inference-profile\//;

export function modelSettings(modelId: string, maxTokens: number): ModelSettings {
  const refuses = refusesTemperature.test(modelId) || saysNoModel.test(modelId);
  return refuses ? { modelId, maxTokens } : { modelId, maxTokens, temperature: 0.2 };
}

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
): ForgivingBedrockModel {
  const guarded = guardrail ? { guardrailConfig: guardrailConfigOf(guardrail) } : {};
  const cached = cachesAll.test(settings.modelId) ? { cacheConfig: { strategy: 'anthropic' as const } } : {};
  return new ForgivingBedrockModel({ ...settings, ...guarded, ...cached, clientConfig, stream: true }, log);
}

/** Nothing is shown before it is judged. The trace is what tells a mask from a block; what the library makes of it is not asked for. */
function guardrailConfigOf({ id, version }: Guardrail) {
  return {
    guardrailIdentifier: id,
    guardrailVersion: version,
    trace: 'enabled' as const,
    streamProcessingMode: 'sync' as const,
    redaction: { input: false },
  };
}

/**
 * What takes cache points, as https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html lists it. Any other model refuses the
 * whole request for one (https://github.com/BerriAI/litellm/pull/39210), so a model whose id says nothing of it gets none.
 */
const cachesAll = /claude-(?:3-7-|3-5-haiku-|[a-z]+-\d)/;
/** Not behind tools (https://github.com/NousResearch/hermes-agent/issues/97281), and Nova 2 not reliably anywhere (https://github.com/zeroclaw-labs/zeroclaw/pull/8943). */
const cachesSystem = /amazon\.nova-(?:micro|lite|pro|premier)-v1/;

/** Refusals one call may meet before it is given up: each leaves something out. */
const mostRefusals = 5;

/** Takes what models really send, and leaves out what they refuse to take. */
export class ForgivingBedrockModel extends BedrockModel {
  readonly refused = new RefusedParts();
  /** It takes a cache point in the system prompt. */
  readonly isCaching: boolean;
  readonly isGuarded: boolean;
  private readonly log: Log | undefined;

  constructor(options: BedrockModelOptions, log: Log | undefined) {
    super(options);
    this.isCaching = cachesAll.test(options.modelId ?? '') || cachesSystem.test(options.modelId ?? '');
    this.isGuarded = options.guardrailConfig !== undefined;
    this.log = log;
  }

  override stream(messages: Message[], options?: StreamOptions): AsyncIterable<ModelStreamEvent> {
    return this.answer(messages, options, () => undefined);
  }

  /** The same, and tells what the guardrail did. */
  async *answer(
    messages: Message[],
    options: StreamOptions | undefined,
    onPassed: (passed: Passed) => void,
  ): AsyncGenerator<ModelStreamEvent> {
    for (let refusals = 0; ; refusals += 1) {
      const input = this.refused.without({ messages, options });
      let isBegun = false;
      try {
        for await (const event of this.attempt(input, onPassed)) {
          isBegun ||= event.type === 'modelContentBlockDeltaEvent';
          yield event;
        }
        return;
      } catch (error) {
        if (isBegun || refusals >= mostRefusals || !this.refused.learn(error, input)) throw error;
        this.log?.debug('model.refused-part', { error });
      }
    }
  }

  private async *attempt({ messages, options }: ModelInput, onPassed: (passed: Passed) => void): AsyncGenerator<ModelStreamEvent> {
    // Held until the verdict: what was blocked, or what a mask took out, may be in none of them.
    const lines: (() => void)[] = [
      () => this.log?.debug('model.request', { messages: loggedMessages(messages), system: options?.systemPrompt }),
    ];
    const answer: ModelStreamEvent[] = [];
    let isKept = true;
    const passed = (what: Passed) => {
      if (what.masked.length > 0) lines.shift();
      onPassed(what);
    };
    try {
      for await (const event of repairedStream(judgedStream(super.stream(messages, options), passed), messages)) {
        if (this.log) answer.push(event);
        yield event;
      }
    } catch (error) {
      isKept = !(error instanceof BlockedFailure);
      throw error;
    } finally {
      if (answer.length > 0) lines.push(() => this.log?.debug('model.response', joinedAnswer(answer)));
      if (isKept) for (const tell of lines) tell();
    }
  }
}

/** What may be gone with the next try. */
const passing: ReadonlySet<FailureCode> = new Set<FailureCode>(['throttled', 'unavailable', 'broken-off']);

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
    return this.mayRepeat() && passing.has(toAnswerFailure(error).code);
  }

  /** Where there are too many requests, the wait is one for all (`SharedPause`), right before the call. */
  override computeRetryDecision(event: AfterModelCallEvent): RetryDecision {
    const decision = super.computeRetryDecision(event);
    return decision.retry && toAnswerFailure(event.error).code === 'throttled' ? { retry: true, waitMs: 0 } : decision;
  }
}
