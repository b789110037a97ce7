import { answerAws, unknownOperation } from '@vera/aws-stand-in/answer-aws';
import type { CallRecord } from '@vera/aws-stand-in/call-record';
import type { AccessRequest } from '@vera/aws-stand-in/iam/statement';
import { arnOf, defaultPlace, type Place } from '@vera/aws-stand-in/place';
import { realClock } from '@vera/stand-in-kit/clock';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { createFaultQueue, type Delay } from './fault-queue.ts';
import { type ApplyGuardrail, createApplyGuardrail } from './guardrail/apply-guardrail.ts';
import type { Guardrail } from './guardrail/guardrail.ts';
import type { Model } from './model.ts';
import { answerConverse, type ConverseParts } from './runtime/answer-converse.ts';
import type { ConverseRequest } from './runtime/converse-request.ts';
import { geographyOf } from './runtime/model-card.ts';
import { createPromptCache } from './runtime/prompt-cache.ts';
import type { RuntimeFault } from './runtime/runtime-fault.ts';

export interface BedrockRuntimeParts extends Partial<Place> {
  readonly record: CallRecord;
  readonly model: Model;
  /** Application inference profiles of the account: by ARN the model id or profile that each was made of. */
  readonly applicationProfiles?: Readonly<Record<string, string>>;
  /** Any other is refused. */
  readonly guardrails?: readonly Guardrail[];
  readonly port?: number;
  readonly now?: () => number;
}

export interface BedrockRuntimeEmulator extends Listening {
  /** The last 500 well-formed requests, oldest first; also those a fault then struck. */
  readonly requests: readonly ConverseRequest[];
  readonly applyGuardrail: Pick<ApplyGuardrail, 'calls' | 'inject'>;
  /** Returns the function that takes back what is left of it. `onStrike` is called each time it strikes. */
  inject(fault: RuntimeFault | Delay, onStrike?: () => void): () => void;
  useModel(model: Model): void;
  /** Forgets requests, faults and cached prompts, and goes back to the first model. */
  reset(): void;
}

const route = /^\/model\/([^/]+)\/converse(-stream)?$/;
const applyRoute = /^\/guardrail\/([^/]+)\/version\/([^/]+)\/apply$/;

/** The `bedrock-runtime` API: Converse and ConverseStream, spoken by any `Model`, and ApplyGuardrail. */
export async function createBedrockRuntime(parts: BedrockRuntimeParts): Promise<BedrockRuntimeEmulator> {
  const { record, port, now = Date.now, applicationProfiles = {}, guardrails = [] } = parts;
  const place = { ...defaultPlace, ...parts };
  const faults = createFaultQueue<RuntimeFault>();
  const cache = createPromptCache(now);
  const requests: ConverseRequest[] = [];
  const applyGuardrail = createApplyGuardrail(guardrails);
  let model = parts.model;
  const converse: ConverseParts = { faults, cache, now, requests, guardrails, model: () => model };
  const needOf = (id: string) => ({ action: 'bedrock:ApplyGuardrail', resource: arnOf('bedrock', place, `guardrail/${id}`) });
  const operationOf = (request: Request, cut: () => void) => {
    const { pathname } = new URL(request.url);
    const [, guardrailId, version] = applyRoute.exec(pathname) ?? [];
    if (request.method === 'POST' && guardrailId && version) {
      const id = decodeURIComponent(guardrailId);
      return { name: 'ApplyGuardrail', needs: [needOf(id)], answer: () => applyGuardrail.answer(request, id, version) };
    }
    const [, encodedId, suffix] = route.exec(pathname) ?? [];
    if (request.method !== 'POST' || !encodedId) throw unknownOperation(request);
    const asked = decodeURIComponent(encodedId);
    const modelId = applicationProfiles[asked] ?? asked;
    const stream = suffix !== undefined;
    const action = `bedrock:${stream ? 'InvokeModelWithResponseStream' : 'InvokeModel'}`;
    const needs = needsOfModel(action, { modelId, place, ...(modelId === asked ? {} : { ownProfile: asked }) });
    const guardedBy = (id: string) => void needs.push(needOf(id));
    return {
      name: stream ? 'ConverseStream' : 'Converse',
      needs,
      answer: () => answerConverse({ request, modelId, stream, guardedBy, cut }, converse),
    };
  };
  const server = await listen(answerAws({ service: 'bedrock', record, clock: { ...realClock, now }, operationOf }), port);
  return {
    ...server,
    requests,
    applyGuardrail,
    inject: faults.inject,
    useModel: (next) => {
      model = next;
    },
    reset: () => {
      faults.reset();
      applyGuardrail.reset();
      cache.reset();
      requests.length = 0;
      model = parts.model;
    },
  };
}

/** Where a profile may send a request, beside the region that was asked; the real lists differ by model and grow. */
const destinations: Readonly<Record<string, readonly string[]>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-2'],
  // The model of a global profile has no region in its ARN.
  global: [''],
};

interface AskedModel {
  readonly modelId: string;
  readonly place: Place;
  /** The ARN of the account's own profile through which it was asked. */
  readonly ownProfile?: string;
}

/** A profile needs permission on itself and on its model wherever it may route to, there with the profile named in the request's context. */
function needsOfModel(action: string, { modelId, place, ownProfile }: AskedModel): AccessRequest[] {
  const id = modelId.replace(/^arn:.*\//, '');
  const [, geography, model = id] = geographyOf.exec(id) ?? [];
  const modelIn = (where: string) => `arn:aws:bedrock:${where}::foundation-model/${model}`;
  if (!geography && !ownProfile) return [{ action, resource: modelIn(place.region) }];
  const profile = ownProfile ?? arnOf('bedrock', place, `inference-profile/${id}`);
  const regions = new Set([place.region, ...(destinations[geography ?? ''] ?? [])]);
  const context = { 'bedrock:InferenceProfileArn': profile };
  return [{ action, resource: profile }, ...[...regions].map((where) => ({ action, resource: modelIn(where), context }))];
}
