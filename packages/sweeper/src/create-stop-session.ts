import { AwsError, type SignedCall } from '@vera/service-kit/signed-calls';

interface Runtime {
  readonly AGENT_RUNTIME_ARN: string;
  readonly AGENT_RUNTIME_QUALIFIER: string;
}

/** AgentCore's StopRuntimeSession: the worker gets a SIGTERM, and 15 s. */
export function createStopSession(call: SignedCall, runtime: Runtime): (sessionId: string) => Promise<void> {
  const path = `/runtimes/${encodeURIComponent(runtime.AGENT_RUNTIME_ARN)}/stopruntimesession`;
  return async (sessionId) => {
    try {
      await call({
        ...{ service: 'bedrock-agentcore', path, query: { qualifier: runtime.AGENT_RUNTIME_QUALIFIER }, body: '{}' },
        headers: { 'content-type': 'application/json', 'x-amzn-bedrock-agentcore-runtime-session-id': sessionId },
      });
    } catch (error) {
      // It ended by itself.
      if (!(error instanceof AwsError) || error.name !== 'ResourceNotFoundException') throw error;
    }
  };
}
