import type { BedrockagentcoreAgentRuntimeEndpoint } from '@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime-endpoint/index.js';
import type { Construct } from 'constructs';
import { runScript } from '../constructs/run-script.ts';
import type { Settings } from '../settings/settings.ts';
import { platformVersions, type Runtime } from './runtime.ts';

interface PlatformCheckProps {
  readonly settings: Settings;
  readonly runtime: Runtime;
  readonly endpoint: BedrockagentcoreAgentRuntimeEndpoint;
}

/**
 * Reads back what the endpoint serves, after each change of it: neither creating nor changing a runtime tells its platform. An earlier
 * version that was gone back to has the platform it was made with.
 */
export function checkPlatform(scope: Construct, { settings, runtime, endpoint }: PlatformCheckProps): void {
  if (settings.rollBackTo) return;
  const checked = { RUNTIME_ID: endpoint.agentRuntimeId, RUNTIME_VERSION: runtime.version, PLATFORM: platformVersions[settings.platform] };
  runScript(scope, 'platform', {
    script: 'check-platform',
    triggers: checked,
    environment: { ...checked, ENDPOINT_NAME: settings.environment, AWS_REGION: settings.region },
    dependsOn: [endpoint],
  });
}
