import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { systemClock } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type * as z from 'zod/mini';
import type { workerEnv } from '../env.ts';
import { version } from '../version.ts';
import { createTracing, type Tracing } from './create-tracing.ts';
import { createSendSpans } from './send-spans.ts';

let opened: Tracing | undefined;

/** That of this process, whatever it is asked for again and again; undefined where nothing is traced. Made with the first work, behind any snapshot. */
export function tracingOf(env: z.output<typeof workerEnv>, log: Log): Tracing | undefined {
  if (env.TRACING === 'off') return undefined;
  // Any client resolves region and credentials as all of them do.
  opened ??= createTracing({ ...systemClock, send: createSendSpans({ ...toXRay(env), resource }), log });
  return opened;
}

const resource = { 'service.name': 'vera-worker', 'service.version': version };

function toXRay({ AWS_ENDPOINT_URL_XRAY: endpoint }: z.output<typeof workerEnv>) {
  return { signing: new SecretsManagerClient(awsDefaults()).config, endpoint };
}
