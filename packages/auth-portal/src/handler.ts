import { createFrontDoor } from '@vera/service-kit/front-door';
import { createLog, withLogFields } from '@vera/service-kit/log';
import { readEnv } from '@vera/service-kit/read-env';
import { awsEnv } from '@vera/service-kit/signed-calls';
import { createAuthPortalFromEnv } from './create-auth-portal.ts';
import { authPortalEnv } from './env.ts';
import { type FunctionUrlEvent, type FunctionUrlResult, toRequest, toResult } from './function-url.ts';

const log = createLog({ service: 'auth-portal', write: (line) => void process.stdout.write(`${line}\n`) });
const env = readEnv(authPortalEnv, process.env);
const isThroughFront = createFrontDoor(env.FRONT_DIGESTS);
const portal = await createAuthPortalFromEnv(env, readEnv(awsEnv, process.env), log);

export async function handler(
  event: FunctionUrlEvent,
  { awsRequestId: request }: { readonly awsRequestId: string },
): Promise<FunctionUrlResult> {
  return withLogFields({ request }, () => answer(event));
}

async function answer(event: FunctionUrlEvent): Promise<FunctionUrlResult> {
  if (!isThroughFront(event.headers)) {
    log.warn('portal.bypassed');
    return toResult(new Response(null, { status: 403 }));
  }
  return toResult(await portal(toRequest(event, env.PUBLIC_URL)));
}
