import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BedrockagentcoreAgentRuntimeEndpoint } from '@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime-endpoint/index.js';
import { Resource } from '@cdktf/provider-null/lib/resource/index.js';
import { TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import { createStagingFolder } from '../constructs/staging-folder.ts';
import type { Settings } from '../settings/settings.ts';
import { platformVersions, type Runtime } from './runtime.ts';

interface PlatformCheckProps {
  readonly settings: Settings;
  readonly runtime: Runtime;
  readonly endpoint: BedrockagentcoreAgentRuntimeEndpoint;
}

const script = fileURLToPath(new URL('../../scripts/check-platform', import.meta.url));

/**
 * Reads back what the endpoint serves, after each change of it: neither creating nor changing a runtime tells its platform. An earlier
 * version that was gone back to has the platform it was made with.
 */
export function checkPlatform(scope: Construct, { settings, runtime, endpoint }: PlatformCheckProps): void {
  if (settings.rollBackTo) return;
  const checked = { RUNTIME_ID: endpoint.agentRuntimeId, RUNTIME_VERSION: runtime.version, PLATFORM: platformVersions[settings.platform] };
  const folder = createStagingFolder();
  cpSync(script, join(folder, basename(script)));
  const { path } = new TerraformAsset(scope, 'platform-script', { path: folder });
  new Resource(scope, 'platform', {
    triggers: checked,
    provisioners: [
      {
        type: 'local-exec',
        command: `sh ${path}/${basename(script)}`,
        environment: { ...checked, ENDPOINT_NAME: settings.environment, AWS_REGION: settings.region },
      },
    ],
    dependsOn: [endpoint],
  });
}
