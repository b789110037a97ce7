import { type CallRecord, createCallRecord } from '@vera/aws-stand-in/call-record';
import { type BedrockRuntimeEmulator, createBedrockRuntime } from '@vera/bedrock-stand-in/create-bedrock-runtime';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { testGuardrail } from '@vera/bedrock-stand-in/test/test-guardrail';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import type { Log } from '@vera/service-kit/log';
import type { Agent, AgentEvent, AgentTask, EndReason } from '../../src/agent/agent.ts';
import { createBedrockModel, type Guardrail, modelSettings } from '../../src/agent/bedrock-model.ts';
import { createStrandsAgent, type StrandsAgentParams } from '../../src/agent/strands-agent.ts';
import { Budget, type Limits } from '../../src/budget/budget.ts';
import { priceOf } from '../../src/budget/prices.ts';
import { type FailureCode, failureCodeOf } from '../../src/failure.ts';
import { createBedrockGuardrail } from '../../src/guardrail/bedrock-guardrail.ts';
import { createJudge, type JudgeText } from '../../src/guardrail/judge-text.ts';

export interface Ran {
  readonly events: readonly AgentEvent[];
  /** All text in order. */
  readonly text: string;
  /** How the run ended, or the category of what it rejected with. */
  readonly end: EndReason | FailureCode | undefined;
}

export interface StartedAgent extends AsyncDisposable {
  readonly record: CallRecord;
  readonly bedrock: BedrockRuntimeEmulator;
  readonly agent: Agent;
  /** By the same guardrail; without one undefined. Never waits. */
  readonly judge: JudgeText | undefined;
  readonly run: (task?: Partial<AgentTask> & { readonly ask?: string; readonly onEvent?: (event: AgentEvent) => void }) => Promise<Ran>;
}

export interface StartAgentOptions extends Partial<Omit<StrandsAgentParams, 'model'>> {
  readonly modelId?: string;
  readonly maxTokens?: number;
  readonly guardrail?: Guardrail;
  readonly limits?: Partial<Limits>;
  /** Whole requests and answers go there. */
  readonly log?: Log;
  /** Of the account, by ARN: what each was made of. */
  readonly applicationProfiles?: Readonly<Record<string, string>>;
}

type Script = readonly ScriptedTurn[] | Parameters<typeof scriptedModel>[0];

/** The agent as the worker makes it, with a model that follows a script behind the emulator of Bedrock. */
export async function startAgent(script: Script, options: StartAgentOptions = {}): Promise<StartedAgent> {
  const record = createCallRecord();
  const {
    modelId = 'us.anthropic.claude-sonnet-5-5',
    maxTokens = 4_096,
    guardrail,
    log,
    applicationProfiles = {},
    limits,
    ...params
  } = options;
  const bedrock = await createBedrockRuntime({ record, model: scriptedModel(script), applicationProfiles, guardrails: [testGuardrail] });
  const credentials = { accessKeyId: 'worker', secretAccessKey: 'x' };
  const client = { ...awsDefaults(5_000, 1), endpoint: bedrock.url, region: 'us-east-1', credentials };
  const model = createBedrockModel(modelSettings(modelId, maxTokens), client, { guardrail, log });
  const judge = guardrail && createJudge({ apply: createBedrockGuardrail(client, guardrail), pause: async () => undefined });
  const agent = createStrandsAgent({
    judge,
    price: priceOf(modelId),
    retry: { attempts: 3, baseMilliseconds: 1 },
    ...params,
    model,
  });
  return {
    bedrock,
    record,
    agent,
    judge,
    run: ({ ask = 'Ann: who is on call?', onEvent = () => undefined, ...task } = {}) =>
      collect(
        agent({
          systemPrompt: { stable: 'You are Vera.', situation: 'You are answering Ann.' },
          turns: [{ role: 'user', content: [{ kind: 'text', text: ask }] }],
          tools: [],
          budget: new Budget({ calls: 10, tokens: 200_000, toolCalls: 40, sameCalls: 5, ...limits }),
          signal: new AbortController().signal,
          ...task,
        }),
        onEvent,
      ),
    [Symbol.asyncDispose]: () => bedrock[Symbol.asyncDispose](),
  };
}

async function collect(running: AsyncIterable<AgentEvent>, onEvent: (event: AgentEvent) => void): Promise<Ran> {
  const events: AgentEvent[] = [];
  let end: Ran['end'];
  try {
    for await (const event of running) {
      events.push(event);
      onEvent(event);
      if (event.kind === 'ended') end = event.reason;
    }
  } catch (error) {
    end = failureCodeOf(error);
  }
  return { events, end, text: events.flatMap((event) => (event.kind === 'text' ? [event.text] : [])).join('') };
}
