import { createLog, withLogFields } from '@vera/service-kit/log';
import { readEnv } from '@vera/service-kit/read-env';
import { awsEnv } from '@vera/service-kit/signed-calls';
import { createInvokerFromEnv } from './create-invoker.ts';
import { invokerEnvOf } from './env.ts';

const log = createLog({ service: 'invoker', write: (line) => void process.stdout.write(`${line}\n`) });
const invoke = createInvokerFromEnv(readEnv(invokerEnvOf(process.env), process.env), readEnv(awsEnv, process.env), log);

export async function handler(event: unknown, { awsRequestId: request }: { readonly awsRequestId: string }): Promise<void> {
  await withLogFields({ request }, () => invoke(event));
}
