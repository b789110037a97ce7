import { dirname } from 'node:path';
import { arnOf, type Place } from '../place.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Everything a function's process finds in its environment. Nothing of the emulator's own gets through. */
export function functionEnvironment({ name, entry, environment, memoryMegabytes }: FunctionDefinition, { region }: Place) {
  return {
    ...environment,
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // The access key is the component's name, so that the record of calls says who called.
    AWS_ACCESS_KEY_ID: name,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes ?? 128),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    LAMBDA_TASK_ROOT: dirname(entry),
    _HANDLER: 'handler.handler',
  };
}

/** The second argument of a handler, except for its clock. */
export function functionContext({ name, memoryMegabytes = 128 }: FunctionDefinition, place: Place, awsRequestId: string) {
  return {
    awsRequestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arnOf('lambda', place, `function:${name}`),
    memoryLimitInMB: String(memoryMegabytes),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `[$LATEST]${awsRequestId}`,
    callbackWaitsForEmptyEventLoop: true,
  };
}
