import { NodeHttpHandler } from '@smithy/node-http-handler';

export interface AwsDefaults {
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/**
 * What every AWS client here is made with: HTTP/1.1 with kept connections, a second to connect and `requestTimeout`
 * milliseconds for an answer, so that no call outlives the process that made it. Region, credentials and endpoints come
 * from the environment the SDK reads by itself (`AWS_REGION`, `AWS_ENDPOINT_URL_<SERVICE>`).
 */
export function awsDefaults(requestTimeout = 5_000, maxAttempts = 3): AwsDefaults {
  return {
    maxAttempts,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeout,
      httpAgent: { keepAlive: true, maxSockets: 200 },
      httpsAgent: { keepAlive: true, maxSockets: 200 },
    }),
  };
}
