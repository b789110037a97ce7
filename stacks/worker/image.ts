import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NullProvider } from '@cdktf/provider-null/lib/provider/index.js';
import { Resource } from '@cdktf/provider-null/lib/resource/index.js';
import { TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import { createStagingFolder } from '../constructs/staging-folder.ts';
import type { Settings } from '../settings/settings.ts';
import { imageTargetOf } from './image-target.ts';
import { workerImageOf } from './worker-image.ts';

interface ImageProps {
  readonly settings: Settings;
  readonly repositoryUrl: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const script = 'scripts/build-worker-image';

/** The worker's image, built and pushed when anything the build can see has changed. */
export class Image {
  readonly uri: string;
  /** To wait for. */
  readonly built: Resource;

  constructor(scope: Construct, { settings, repositoryUrl }: ImageProps) {
    new NullProvider(scope, 'null');
    const target = imageTargetOf(settings.mcpServers);
    const { tag, inputs, files } = workerImageOf(root, { target });
    const sources = new TerraformAsset(scope, 'image-sources', { path: copyOf([...files, script]), assetHash: tag });
    this.uri = `${repositoryUrl}:${tag}`;
    this.built = new Resource(scope, 'image', {
      triggers: { tag, ...inputs },
      provisioners: [
        {
          type: 'local-exec',
          command: `sh ${sources.path}/${script}`,
          environment: { IMAGE_REPOSITORY: repositoryUrl, IMAGE_TAG: tag, IMAGE_TARGET: target, AWS_REGION: settings.region },
        },
      ],
    });
  }
}

/** Built is what was planned, even if the working tree has moved on; and the stack's folder can be moved without the repository. */
function copyOf(files: readonly string[]): string {
  const folder = createStagingFolder();
  for (const file of files) cpSync(join(root, file), join(folder, file));
  return folder;
}
