import { createLog, withLogFields } from '@vera/service-kit/log';
import { readEnv } from '@vera/service-kit/read-env';
import { awsEnv } from '@vera/service-kit/signed-calls';
import { createSweeperFromEnv } from './create-sweeper.ts';
import { sweeperEnv } from './env.ts';

const log = createLog({ service: 'sweeper', write: (line) => void process.stdout.write(`${line}\n`) });
const sweepNow = createSweeperFromEnv(readEnv(sweeperEnv, process.env), readEnv(awsEnv, process.env), log);

export async function handler(_event: unknown, { awsRequestId: request }: { readonly awsRequestId: string }): Promise<void> {
  await withLogFields({ request }, sweepNow);
}
