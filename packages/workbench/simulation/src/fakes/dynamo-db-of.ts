import type { DynamoDb } from '@vera/service-kit/dynamo-db';
import { NoAnswer, type SimulatedProcess } from '../simulated-process.ts';
import { UnknownExpression } from '../table/parse-expression.ts';
import type { TableModel } from '../table/table-model.ts';

/** As production has it: the SDK and our signed calls repeat what had no answer, whatever it was. */
const attempts = 3;

interface Hearing {
  /** Something was read or written. */
  readonly onDone: (operation: string, input: object) => void;
  /** An adapter asks for something the model does not know. */
  readonly onUnknown: (error: Error) => void;
}

/** DynamoDB as one process reaches it. */
export function dynamoDbOf(process: SimulatedProcess, table: TableModel, { onDone, onUnknown }: Hearing): DynamoDb {
  const act: typeof table.do = (operation, input) => {
    const answer = table.do(operation, input);
    onDone(operation, input);
    return answer;
  };
  return async (operation, input) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await process.call(`dynamodb ${operation}`, () => act(operation, input));
      } catch (error) {
        if (error instanceof UnknownExpression || (error as Error).name === 'ValidationException') onUnknown(error as Error);
        if (!(error instanceof NoAnswer)) throw error;
        if (attempt === attempts) throw Object.assign(new Error('DynamoDB gives no answer'), { name: 'NoAnswer', cause: error });
        await process.clock.pause(50 * 2 ** attempt);
      }
    }
  };
}
