import { microDollarsOf, priceOf, pricesAsOf } from '@vera/worker/prices';
import { assumedFunctionStart, assumedQuestion, assumedSession } from './assumed.ts';
import { type CostedSettings, idleSecondsOf } from './costed-settings.ts';
import { notCounted, type OtherCost, otherCosts } from './other-costs.ts';
import {
  breakEvenIdleSeconds,
  type FunctionShape,
  type Load,
  onAgentCore,
  onLambda,
  type Running,
  type SessionShape,
} from './running-costs.ts';

type QuestionShape = typeof assumedQuestion;
type RunsOn = 'v1' | 'v2' | 'lambda';

export interface Estimate {
  readonly pricesAsOf: string;
  readonly load: Load;
  readonly question: QuestionShape;
  readonly runsOn: RunsOn;
  readonly running: Readonly<Record<RunsOn, Running>>;
  /** Idle seconds a question from which on Lambda is cheaper. */
  readonly breakEvenIdleSeconds: Readonly<Record<'v1' | 'v2', number>>;
  readonly model: { readonly id: string; readonly dollarsADay: number | undefined };
  readonly others: readonly OtherCost[];
  readonly notCounted: readonly string[];
  /** Without the model where its price is not known. */
  readonly dollarsADay: number;
}

/** What settings come to with this load, as far as it can be known before. */
export function estimateOf(settings: CostedSettings, load: Load, question: QuestionShape = assumedQuestion): Estimate {
  const running = runningOf(settings, load, question);
  const runsOn = settings.worker.on === 'lambda' ? 'lambda' : settings.platform;
  const others = otherCosts(settings, load, { ...question, sessionSeconds: running[runsOn].sessionSeconds });
  const model = { id: settings.model.id, dollarsADay: modelDollars(settings, load, question) };
  const sum = others.reduce((total, { dollarsADay }) => total + dollarsADay, running[runsOn].dollars + (model.dollarsADay ?? 0));
  const [v1, v2] = (['v1', 'v2'] as const).map((platform) =>
    breakEvenIdleSeconds(question, sessionOf(settings, platform), platform, functionOf(settings)),
  ) as [number, number];
  return {
    ...{ pricesAsOf, load, question, runsOn, running, model, others },
    breakEvenIdleSeconds: { v1, v2 },
    notCounted: notCounted(settings),
    dollarsADay: sum,
  };
}

/** The same load on each that may run the worker. */
export function runningOf(settings: CostedSettings, load: Load, question: QuestionShape = assumedQuestion): Estimate['running'] {
  return {
    v1: onAgentCore(load, question, sessionOf(settings, 'v1'), 'v1'),
    v2: onAgentCore(load, question, sessionOf(settings, 'v2'), 'v2'),
    lambda: onLambda(load, question, functionOf(settings)),
  };
}

function sessionOf(settings: CostedSettings, platform: 'v1' | 'v2'): SessionShape {
  return { ...assumedSession[platform], idleSeconds: idleSecondsOf(settings) };
}

function functionOf({ worker }: CostedSettings): FunctionShape {
  return { gigabytes: worker.memoryMegabytes / 1024, startSeconds: assumedFunctionStart };
}

/** As if nothing came from the cache: too dear rather than too cheap. */
function modelDollars({ model }: CostedSettings, { questionsADay }: Load, question: QuestionShape): number | undefined {
  const { inputTokens, outputTokens } = question;
  const price = priceOf(model.id, new Map(Object.entries(model.profiles)));
  return (
    price && (questionsADay * microDollarsOf(price, { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 })) / 1_000_000
  );
}
