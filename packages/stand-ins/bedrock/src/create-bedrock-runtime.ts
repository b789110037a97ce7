import type { CallRecord } from '@vera/aws-stand-in/call-record';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { createFaultQueue, type Delay } from './fault-queue.ts';
import type { Model } from './model.ts';
import { answerConverse, type ConverseCall, type ConverseParts } from './runtime/answer-converse.ts';
import type { ConverseRequest } from './runtime/converse-request.ts';
import { needsOfModel } from './runtime/needs-of-model.ts';
import { createPromptCache } from './runtime/prompt-cache.ts';
import type { RuntimeFault } from './runtime/runtime-fault.ts';
import { answerSigned, type Operation, unknownOperation } from './signed-operation.ts';

export interface BedrockRuntimeParts {
  readonly record: CallRecord;
  readonly model: Model;
  readonly port?: number;
  readonly now?: () => number;
  readonly accountId?: string;
  readonly region?: string;
}

export interface BedrockRuntimeEmulator extends Listening {
  /** The last 500 well-formed requests, oldest first; also those a fault then struck. */
  readonly requests: readonly ConverseRequest[];
  inject(fault: RuntimeFault | Delay): void;
  useModel(model: Model): void;
  /** Forgets requests, faults and cached prompts, and goes back to the first model. */
  reset(): void;
}

/** The `bedrock-runtime` API: Converse and ConverseStream, spoken by any `Model`. */
export async function createBedrockRuntime(parts: BedrockRuntimeParts): Promise<BedrockRuntimeEmulator> {
  const { record, port, now = Date.now } = parts;
  const faults = createFaultQueue<RuntimeFault>();
  const cache = createPromptCache(now);
  const requests: ConverseRequest[] = [];
  let model = parts.model;
  const converse: ConverseParts = { faults, cache, now, requests, model: () => model };
  const server = await listen((request, { incoming }) => {
    const cut = () => void incoming.socket.destroy();
    return answerSigned(request, (signed) => operationOf(signed, parts, (call) => answerConverse({ ...call, cut }, converse)), {
      record,
      now,
    });
  }, port);
  return {
    ...server,
    requests,
    inject: faults.inject,
    useModel: (next) => {
      model = next;
    },
    reset: () => {
      faults.reset();
      cache.reset();
      requests.length = 0;
      model = parts.model;
    },
  };
}

const route = /^\/model\/([^/]+)\/converse(-stream)?$/;

type Answer = (call: Omit<ConverseCall, 'cut'>) => Promise<Response>;

function operationOf(
  request: Request,
  { region = 'us-east-1', accountId = '000000000000' }: BedrockRuntimeParts,
  answer: Answer,
): Operation {
  const [, encodedId, suffix] = route.exec(new URL(request.url).pathname) ?? [];
  if (request.method !== 'POST' || !encodedId) throw unknownOperation();
  const modelId = decodeURIComponent(encodedId);
  const stream = suffix !== undefined;
  const action = stream ? 'bedrock:InvokeModelWithResponseStream' : 'bedrock:InvokeModel';
  return {
    needs: needsOfModel({ action, modelId, region, accountId }),
    run: (alsoNeeds) => {
      const resourceOf = (id: string) => `arn:aws:bedrock:${region}:${accountId}:guardrail/${id}`;
      return answer({
        request,
        modelId,
        stream,
        guardedBy: (id) => alsoNeeds({ action: 'bedrock:ApplyGuardrail', resource: resourceOf(id) }),
      });
    },
  };
}
