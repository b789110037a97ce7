import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { expiredImages } from './expired-images.ts';
import type { Manifest, StoredImage } from './stored-image.ts';

/** A private repository of ECR with immutable tags: what is pushed, what a lifecycle policy takes away, and what Lambda makes of the rest. */
export function createImageRepository(now: () => number) {
  const images = new Map<string, StoredImage>();

  /** By digest or tag. */
  function find(reference: string): StoredImage | undefined {
    return images.get(reference) ?? [...images.values()].find(({ tags }) => tags.includes(reference));
  }

  return {
    find,
    images: (): readonly StoredImage[] => [...images.values()],
    push(manifest: Manifest, ...tags: readonly string[]): string {
      const digest = `sha256:${createHash('sha256').update(JSON.stringify(manifest)).digest('hex')}`;
      const absent = manifest.manifests?.find((child) => !images.has(child.digest));
      if (absent) throw new AwsError(400, 'ReferencedImagesNotFoundException', `The image ${absent.digest} of the index is not there`);
      const taken = tags.find((tag) => (find(tag)?.digest ?? digest) !== digest);
      if (taken)
        throw new AwsError(400, 'ImageTagAlreadyExistsException', `The image tag '${taken}' already exists and cannot be overwritten`);
      const known = images.get(digest);
      images.set(digest, { digest, manifest, tags: [...(known?.tags ?? []), ...tags], pushedAt: known?.pushedAt ?? now() });
      return digest;
    },
    /** Within a day of when it falls due. Without a policy nothing ever goes. */
    applyLifecycle(policy: string | undefined): void {
      for (const digest of policy === undefined ? [] : expiredImages(policy, [...images.values()], now())) images.delete(digest);
    },
    /** What a function for arm64 runs. Refuses what Lambda does: an index, of however few images (docker/buildx#1533, aws/aws-lambda-roadmap#82). */
    forLambda(reference: string): StoredImage {
      const image = find(reference);
      if (!image)
        throw new AwsError(
          400,
          'InvalidParameterValueException',
          `Source image ${reference} does not exist. Provide a valid source image.`,
        );
      if (!/\.manifest\.v\d\+json$/.test(image.manifest.mediaType) || image.manifest.artifactType !== undefined)
        throw new AwsError(
          400,
          'InvalidParameterValueException',
          `The image manifest, config or layer media type for the source image ${reference} is not supported.`,
        );
      return image;
    },
  };
}
