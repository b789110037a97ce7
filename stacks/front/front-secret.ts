import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack/index.js';
import { DataAwsSecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version/index.js';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** The header in which CloudFront shows it; what a caller sends under this name never gets through. */
export const frontHeader = 'x-vera-front';

/**
 * What CloudFront shows to the functions behind it. AWS makes it up, by CloudFormation, which Terraform's provider cannot ask of Secrets Manager:
 * nobody enters it. `scripts/rotate-front-secret` puts another in its place and keeps the one before. Returns its name.
 */
export function createFrontSecret(scope: Construct, settings: Settings, keyArn: string): string {
  const name = nameOf(settings, 'front');
  const generated = { SecretStringTemplate: '{"before":""}', GenerateStringKey: 'current', PasswordLength: 48, ExcludePunctuation: true };
  const description = 'What CloudFront shows to the functions behind it';
  const template = {
    Description: description,
    Resources: {
      Secret: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: { Name: name, Description: description, KmsKeyId: keyArn, GenerateSecretString: generated },
      },
    },
  };
  const stack = new CloudformationStack(scope, 'front-secret', { name: `${name}-secret`, templateBody: JSON.stringify(template) });
  // Not before the secret is there.
  return Fn.element([name, stack.id], 0) as string;
}

interface FrontSecret {
  readonly current: string;
  /** The one before, for as long as CloudFront may show it; the current one where there was none. */
  readonly before: string;
}

/** As it is when a plan is made: the state of the stack has it then, and says that it is sensitive. */
export function readFrontSecret(scope: Construct, secretId: string): FrontSecret {
  const data = new DataAwsSecretsmanagerSecretVersion(scope, 'front-secret', { secretId });
  const [current, before] = ['current', 'before'].map((key) => Fn.lookup(Fn.jsondecode(data.secretString), key, '') as string);
  return { current: String(current), before: Fn.coalesce([String(before), String(current)]) as string };
}

/** What a function knows of it: nobody goes back from a digest to so many random letters, and a plan may show it. */
export function frontDigestsOf(scope: Construct, secretId: string | undefined): { readonly FRONT_DIGESTS?: string } {
  if (secretId === undefined) return {};
  const { current, before } = readFrontSecret(scope, secretId);
  return { FRONT_DIGESTS: Fn.nonsensitive(Fn.join(',', [Fn.sha256(current), Fn.sha256(before)])) as string };
}
