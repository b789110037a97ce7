import { awsDefaults } from '@vera/service-kit/aws-defaults';
import { readerSessionPolicy } from '../permissions.ts';
import { createHeld } from './held.ts';
import { McpFailure } from './mcp-failure.ts';
import type { Authorization } from './mcp-server.ts';
import { createSignedRequests, type Signing } from './signed-requests.ts';

/** The least that STS gives; a session is renewed five minutes before it ends. */
const sessionSeconds = 900;
const early = 300_000;

interface AsReaderParams {
  readonly roleArn: string;
  readonly url: URL;
  readonly signing: Signing;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Signs as a role that may only read. AWS's MCP server does everything with the rights of whoever signed, and with the worker's own the model
 * could ask for the worker's secret.
 */
export function asReader({ roleArn, url, signing, now }: AsReaderParams): Authorization {
  const session = createHeld(() => openSession(roleArn), now);
  // Signed is for the region of the endpoint, which AWS's own proxy takes from the host as well; where calls go is another matter.
  const [, region] = /^aws-mcp\.([a-z0-9-]+)\.api\.aws$/.exec(url.hostname) ?? [];
  const requests = createSignedRequests(
    { ...signing, ...(region ? { region: async () => region } : {}), credentials: session.get },
    'aws-mcp',
  );
  return { headers: requests.headers, renew: session.forget };
}

async function openSession(roleArn: string) {
  // Loaded when it is first needed: a cold start, and a worker without this server, do without it.
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const sts = new STSClient(awsDefaults());
  const asked = { RoleArn: roleArn, RoleSessionName: 'vera', DurationSeconds: sessionSeconds, Policy: JSON.stringify(readerSessionPolicy) };
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand(asked));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration } = Credentials ?? {};
    if (!accessKeyId || !secretAccessKey || !sessionToken || !Expiration) throw new McpFailure('malformed', 'STS gave no session');
    return { value: { accessKeyId, secretAccessKey, sessionToken }, until: Expiration.getTime() - early };
  } catch (cause) {
    throw cause instanceof McpFailure ? cause : new McpFailure('unauthorized', 'the role could not be taken on', { cause });
  } finally {
    sts.destroy();
  }
}
