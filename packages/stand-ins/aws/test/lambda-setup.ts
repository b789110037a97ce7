import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { createCallRecord } from '../src/call-record.ts';
import { createLambda, type LambdaParams } from '../src/create-lambda.ts';
import type { FunctionDefinition } from '../src/lambda/function-definition.ts';
import { clientOptions } from './aws-client-options.ts';
import { fixturePath } from './fixture-path.ts';

export const invoker: FunctionDefinition = {
  name: 'invoker',
  entry: fixturePath('function'),
  environment: { LEDGER: 'x' },
  timeoutSeconds: 20,
};

/** An emulator with one function, a client for it, and what the function wrote, for one test. The clock stands still. */
export async function startedLambda(params: Partial<LambdaParams> = {}) {
  const record = createCallRecord();
  const clock = createTestClock();
  const lines: string[] = [];
  const onLog = ({ line }: { line: string }) => void lines.push(line);
  const emulator = await createLambda({ record, clock, functions: [invoker], onLog, ...params });
  const client = new LambdaClient(clientOptions(emulator.url, 'receiver'));
  return {
    emulator,
    client,
    record,
    clock,
    lines,
    runs: () => lines.filter((line) => line.startsWith('run')),
    async invoke(event: unknown, FunctionName = 'invoker') {
      const answer = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
      return { error: answer.FunctionError, payload: JSON.parse(answer.Payload?.transformToString() || 'null') };
    },
    send: (event: unknown) =>
      client.send(new InvokeCommand({ FunctionName: 'invoker', InvocationType: 'Event', Payload: JSON.stringify(event) })),
    [Symbol.asyncDispose]: () => emulator[Symbol.asyncDispose](),
  };
}
