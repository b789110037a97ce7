import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand, type InvokeAgentRuntimeCommandInput } from '@aws-sdk/client-bedrock-agentcore';
import type { RuntimeDefinition } from '../../src/aws/agent-core/runtime-definition.ts';
import { createCallRecord } from '../../src/aws/call-record.ts';
import { createTestClock } from '../../src/aws/clock.ts';
import { type AgentCoreRuntimeParams, createAgentCoreRuntime, type SessionView } from '../../src/aws/create-agent-core-runtime.ts';
import { clientOptions } from './aws-client-options.ts';
import { fixturePath } from './fixture-path.ts';

export const arn = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/vera_worker-a1b2c3d4e5';
export const sessionOf = (name: string) => name.padEnd(64, '0');

/** An emulator with one runtime, a client for it, and what happened, for one test. */
export async function startedRuntime(definition: Partial<RuntimeDefinition> = {}, params: Partial<AgentCoreRuntimeParams> = {}) {
  const record = createCallRecord();
  const clock = createTestClock();
  const lines: string[] = [];
  const changes: SessionView[] = [];
  const runtime = { arn, name: 'worker', entry: fixturePath('worker'), environment: {}, ...definition };
  const onLog = ({ line }: { line: string }) => void lines.push(line);
  const emulator = await createAgentCoreRuntime({ record, clock, runtimes: [runtime], onLog, killGraceSeconds: 1, ...params });
  emulator.onSession((change) => void changes.push(change));
  const client = new BedrockAgentCoreClient(clientOptions(emulator.url, 'invoker'));

  function send(order: unknown = {}, input: Partial<InvokeAgentRuntimeCommandInput> = {}) {
    const command = new InvokeAgentRuntimeCommand({
      agentRuntimeArn: arn,
      runtimeSessionId: sessionOf('a'),
      contentType: 'application/json',
      accept: 'application/json',
      payload: Buffer.from(JSON.stringify(order)),
      ...input,
    });
    return client.send(command);
  }

  async function invoke(order?: unknown, input?: Partial<InvokeAgentRuntimeCommandInput>) {
    const answer = await send(order, input);
    return { ...answer, body: JSON.parse((await answer.response?.transformToString()) || 'null') };
  }

  return {
    record,
    clock,
    lines,
    changes,
    emulator,
    client,
    send,
    invoke,
    states: () => changes.map(({ state }) => state),
    [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose](),
  };
}
