import { fileURLToPath } from 'node:url';
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand, type InvokeAgentRuntimeCommandInput } from '@aws-sdk/client-bedrock-agentcore';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { clientOptions } from '@vera/aws-stand-in/test/aws-client-options';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { type AgentCoreRuntimeParams, createAgentCoreRuntime, type SessionView } from '../src/create-agent-core-runtime.ts';
import type { RuntimeDefinition } from '../src/runtime/runtime-definition.ts';

export const arn = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/vera_worker-a1b2c3d4e5';
/** Absolute path of a worker that does as its orders say. */
export const workerFixture = fileURLToPath(new URL('./fixtures/worker.mjs', import.meta.url));
export const sessionOf = (name: string) => name.padEnd(64, '0');

/** An emulator with one runtime, a client for it, and what happened, for one test. */
export async function startedRuntime(definition: Partial<RuntimeDefinition> = {}, params: Partial<AgentCoreRuntimeParams> = {}) {
  const record = createCallRecord();
  // Of now: a worker of V1 has the time of this machine.
  const clock = createTestClock(Math.floor(Date.now() / 1000) * 1000);
  const lines: string[] = [];
  const changes: SessionView[] = [];
  const environment = { PING_AT: String(clock.now() / 1000) };
  const runtime = { arn, name: 'worker', entry: workerFixture, platform: 'v1' as const, environment, ...definition };
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
