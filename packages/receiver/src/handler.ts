import { createFrontDoor } from '@vera/service-kit/front-door';
import { createLog, withLogFields } from '@vera/service-kit/log';
import { readEnv } from '@vera/service-kit/read-env';
import { awsEnv } from '@vera/service-kit/signed-calls';
import { createReceiverFromEnv } from './create-receiver.ts';
import { receiverEnv } from './env.ts';
import { type FunctionUrlEvent, type FunctionUrlResult, retryOf, toResult, toSignedPost } from './function-url.ts';

const log = createLog({ service: 'receiver', write: (line) => void process.stdout.write(`${line}\n`) });
const env = readEnv(receiverEnv, process.env);
const isThroughFront = createFrontDoor(env.FRONT_DIGESTS);
const receive = await createReceiverFromEnv(env, readEnv(awsEnv, process.env), log);

export async function handler(
  event: FunctionUrlEvent,
  { awsRequestId: request }: { readonly awsRequestId: string },
): Promise<FunctionUrlResult> {
  return withLogFields({ request, ...retryOf(event) }, () => answer(event));
}

async function answer(event: FunctionUrlEvent): Promise<FunctionUrlResult> {
  if (!isThroughFront(event.headers)) {
    log.warn('request.refused', { reason: 'not through the front' });
    return toResult({ status: 403 });
  }
  return toResult(await receive(toSignedPost(event)));
}
