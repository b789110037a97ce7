import { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';
import { createCallRecord } from '@vera/aws-stand-in/call-record';
import { clientOptions } from '@vera/aws-stand-in/test/aws-client-options';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { createMemory, type MemoryParams } from '../../src/create-memory.ts';

export const memoryId = 'vera_memory-a1b2c3d4e5';

/** A memory with one strategy, on a clock that the test moves, and the SDK's client for it. */
export async function startedMemory(params: Partial<MemoryParams> = {}) {
  const clock = createTestClock();
  const record = createCallRecord();
  const strategies = [{ id: 'facts-0123456789', namespaceTemplate: '/facts/{actorId}/{sessionId}/' }];
  const memory = await createMemory({ record, clock, memoryId, strategies, ...params });
  const client = new BedrockAgentCoreClient({ ...clientOptions(memory.url, 'worker'), maxAttempts: 1 });
  return { memory, clock, record, client, [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose]() };
}
