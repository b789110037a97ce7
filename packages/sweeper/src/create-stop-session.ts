import { AwsError, type SignedCall } from '@vera/service-kit/signed-calls';

interface Runtime {
  readonly runtimeArn: string;
  /** The runtime's endpoint. */
  readonly qualifier: string;
}

/** AgentCore's StopRuntimeSession: the worker gets a SIGTERM, and 15 s. */
export function createStopSession(call: SignedCall, { runtimeArn, qualifier }: Runtime): (sessionId: string) => Promise<void> {
  const path = `/runtimes/${encodeURIComponent(runtimeArn)}/stopruntimesession`;
  return async (sessionId) => {
    try {
      await call({
        ...{ service: 'bedrock-agentcore', path, query: { qualifier }, body: '{}' },
        headers: { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': sessionId },
      });
    } catch (error) {
      // It ended by itself.
      if (!(error instanceof AwsError) || error.name !== 'ResourceNotFoundException') throw error;
    }
  };
}
