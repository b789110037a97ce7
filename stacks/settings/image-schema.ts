import * as z from 'zod';

/** Of Amazon ECR, by its digest: a tag can come to mean another image after it was reviewed. */
const uriPattern =
  /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/((?=.{2,256}@)[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)@sha256:[0-9a-f]{64}$/;

/** Where the worker's image comes from. */
export const imageSchema = z.union([
  /** `docker`: built where the deployment runs. `codebuild`: built in the account, by AWS CodeBuild, where no Docker is at hand. */
  z.strictObject({ build: z.enum(['docker', 'codebuild']) }),
  /** One that is there already. `.github/workflows/image.yml` makes such, with their provenance and a signature. */
  z.strictObject({
    uri: z
      .string()
      .regex(
        uriPattern,
        'an image in Amazon ECR by its digest, such as 111122223333.dkr.ecr.us-east-1.amazonaws.com/use1-dev-vera-worker@sha256:…; AgentCore and Lambda take none of another registry',
      ),
  }),
]);

type ImageSettings = z.output<typeof imageSchema>;

/** Of an image that is there already: whose it is and where; undefined for one that is built. */
export function placeOfImage(image: ImageSettings) {
  if (!('uri' in image)) return undefined;
  const [, account = '', region = '', repository = ''] = uriPattern.exec(image.uri) ?? [];
  return { uri: image.uri, account, region, repository };
}

/** By CodeBuild. */
export function isBuiltInAccount(image: ImageSettings): boolean {
  return 'build' in image && image.build === 'codebuild';
}
