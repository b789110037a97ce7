import { fileURLToPath } from 'node:url';
import { NullProvider } from '@cdktf/provider-null/lib/provider/index.js';
import { Resource } from '@cdktf/provider-null/lib/resource/index.js';
import type { Construct } from 'constructs';
import type { Settings } from '../settings/settings.ts';
import { workerImageOf } from './worker-image.ts';

interface ImageProps {
  readonly settings: Settings;
  readonly repositoryUrl: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The worker's image, built and pushed when anything the build can see has changed. */
export class Image {
  readonly uri: string;
  /** To wait for. */
  readonly built: Resource;

  constructor(scope: Construct, { settings, repositoryUrl }: ImageProps) {
    new NullProvider(scope, 'null');
    const { tag, inputs } = workerImageOf(root);
    this.uri = `${repositoryUrl}:${tag}`;
    this.built = new Resource(scope, 'image', {
      triggers: { tag, ...inputs },
      provisioners: [
        {
          type: 'local-exec',
          // From cdktf.out/stacks/worker, where Terraform runs.
          command: '../../../scripts/build-worker-image',
          environment: { IMAGE_REPOSITORY: repositoryUrl, IMAGE_TAG: tag, AWS_REGION: settings.region },
        },
      ],
    });
  }
}
