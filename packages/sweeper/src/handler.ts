import { createLog, withLogFields } from '@vera/service-kit/log';
import { createMeasure } from '@vera/service-kit/measure';
import { readEnv } from '@vera/service-kit/read-env';
import { awsEnv } from '@vera/service-kit/signed-calls';
import { createSweeperFromEnv } from './create-sweeper.ts';
import { sweeperEnv } from './env.ts';

const env = readEnv(sweeperEnv, process.env);
const measure = createMeasure({ deployment: env.DEPLOYMENT });
const log = createLog({ service: 'sweeper', write: (line) => void process.stdout.write(`${line}\n`), measure });
const sweepNow = createSweeperFromEnv(env, readEnv(awsEnv, process.env), log);

export async function handler(_event: unknown, { awsRequestId: request }: { readonly awsRequestId: string }): Promise<void> {
  await withLogFields({ request }, sweepNow);
}
