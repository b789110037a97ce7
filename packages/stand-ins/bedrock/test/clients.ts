import { BedrockAgentRuntimeClient } from '@aws-sdk/client-bedrock-agent-runtime';
import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The SDK as a component uses it; every retry would hide what the emulator answers. */
export function bedrockClient(endpoint: string, config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient {
  return new BedrockRuntimeClient({ ...settingsOf(endpoint), ...config });
}

export function knowledgeClient(endpoint: string): BedrockAgentRuntimeClient {
  return new BedrockAgentRuntimeClient(settingsOf(endpoint));
}

function settingsOf(endpoint: string) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'worker', secretAccessKey: 'x' },
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  };
}
