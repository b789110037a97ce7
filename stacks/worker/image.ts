import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NullProvider } from '@cdktf/provider-null/lib/provider/index.js';
import { Resource } from '@cdktf/provider-null/lib/resource/index.js';
import { TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import { createStagingFolder } from '../constructs/staging-folder.ts';
import { isBuiltInAccount, placeOfImage } from '../settings/image-schema.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { ImageBuilder } from './image-builder.ts';
import { imageTargetOf } from './image-target.ts';
import { workerImageOf } from './worker-image.ts';

interface ImageProps {
  readonly settings: Settings;
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly logKey: string | undefined;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const buildScript = 'scripts/build-worker-image';
const checkScript = 'scripts/check-image';

/** The worker's image: built and pushed when anything the build can see has changed, or one that the settings name. */
export class Image {
  readonly uri: string;
  /** Where it is fetched from. */
  readonly repositoryArn: string;
  /** Whether that is the storage stack's: of another one's policy nothing is known here. */
  readonly isInOurs: boolean;
  /** To wait for. */
  readonly built: Resource;

  constructor(scope: Construct, props: ImageProps) {
    new NullProvider(scope, 'null');
    const place = placeOfImage(props.settings.image);
    const made = place ? checked(scope, place.uri) : built(scope, props);
    this.uri = made.uri;
    this.built = made.resource;
    this.isInOurs = !place || (place.account === props.settings.account && place.repository === nameOf(props.settings, 'worker'));
    this.repositoryArn =
      place && !this.isInOurs ? `arn:aws:ecr:${place.region}:${place.account}:repository/${place.repository}` : props.repositoryArn;
  }
}

interface Made {
  readonly uri: string;
  readonly resource: Resource;
}

function built(scope: Construct, props: ImageProps): Made {
  const { settings, repositoryUrl } = props;
  const target = imageTargetOf(settings.mcpServers);
  const { tag, inputs, files } = workerImageOf(root, { target });
  const builder = isBuiltInAccount(settings.image) ? new ImageBuilder(scope, 'image-builder', props) : undefined;
  const copy = copyOf([...files, buildScript]);
  const elsewhere = builder && { ...builder.environment, SOURCES_SHA256: listed(copy, [...files, buildScript]) };
  const sources = new TerraformAsset(scope, 'image-sources', { path: copy, assetHash: tag });
  const resource = new Resource(scope, 'image', {
    triggers: { tag, ...inputs },
    provisioners: [
      {
        type: 'local-exec',
        command: `sh ${sources.path}/${buildScript}`,
        environment: { IMAGE_REPOSITORY: repositoryUrl, IMAGE_TAG: tag, IMAGE_TARGET: target, AWS_REGION: settings.region, ...elsewhere },
      },
    ],
    ...(builder ? { dependsOn: builder.dependsOn } : {}),
  });
  return { uri: `${repositoryUrl}:${tag}`, resource };
}

/** Looked at before anything is made of it. Of what went into it nobody here knows anything. */
function checked(scope: Construct, uri: string): Made {
  const { path } = new TerraformAsset(scope, 'image-script', { path: copyOf([checkScript]) });
  const provisioners = [{ type: 'local-exec' as const, command: `sh ${path}/${checkScript}`, environment: { IMAGE_URI: uri } }];
  return { uri, resource: new Resource(scope, 'image', { triggers: { uri }, provisioners }) };
}

/** Built is what was planned, even if the working tree has moved on; and the stack's folder can be moved without the repository. */
function copyOf(files: readonly string[]): string {
  const folder = createStagingFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  return folder;
}

/** Writes beside the sources what there is, for who builds them somewhere else; gives the list's own hash. */
function listed(folder: string, files: readonly string[]): string {
  const lines = files.toSorted().map((file) => `${sha256Of(readFileSync(join(folder, file)))}  ${file}\n`);
  writeFileSync(join(folder, 'sources.sha256'), lines.join(''));
  return sha256Of(lines.join(''));
}

function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
