import { randomBytes } from 'node:crypto';

interface Secret extends Asked {
  readonly ARN: string;
  readonly Name: string;
  readonly CreatedDate: number;
  readonly SecretString?: string;
}

interface Asked {
  readonly SecretId?: string;
  readonly Name?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly Tags?: unknown;
}

/**
 * As much of Secrets Manager as Terraform asks for. Answers are undefined where there is no such secret.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html
 */
export function createSecrets() {
  const secrets = new Map<string, Secret>();
  const named = (id: string) => secrets.get(id) ?? [...secrets.values()].find(({ ARN }) => ARN === id);

  function make({ Name = '', ...asked }: Asked, more: { readonly SecretString?: string } = {}): Secret {
    const ARN = `arn:aws:secretsmanager:us-east-1:123456789012:secret:${Name}-0a1B2c`;
    const secret = { ARN, Name, CreatedDate: 1_796_000_000, ...asked, ...more };
    secrets.set(Name, secret);
    return secret;
  }

  function answer(action: string, asked: Asked): object | undefined {
    if (action === 'CreateSecret') return make(asked);
    const secret = named(asked.SecretId ?? '');
    if (!secret) return undefined;
    const { ARN, Name, SecretString, ...told } = secret;
    switch (action) {
      case 'DescribeSecret':
        return { ARN, Name, ...told };
      case 'GetSecretValue':
        // Without the date Terraform's provider falls over.
        return SecretString === undefined ? undefined : { ARN, Name, SecretString, CreatedDate: told.CreatedDate, ...current };
      case 'GetResourcePolicy':
        return { ARN, Name };
      case 'DeleteSecret':
        secrets.delete(Name);
        return { ARN, Name, DeletionDate: told.CreatedDate };
      default:
        return undefined;
    }
  }

  /** What a template of CloudFormation makes up: `GenerateSecretString` with a template and a key. */
  function makeOf({ Properties }: TemplateSecret): void {
    const { SecretStringTemplate, GenerateStringKey, PasswordLength } = Properties.GenerateSecretString;
    const generated = randomBytes(PasswordLength).toString('hex').slice(0, PasswordLength);
    const text = JSON.stringify({ ...(JSON.parse(SecretStringTemplate) as object), [GenerateStringKey]: generated });
    make(Properties, { SecretString: text });
  }

  return { answer, makeOf, drop: ({ Properties }: TemplateSecret) => secrets.delete(Properties.Name) };
}

const current = { VersionId: 'a'.repeat(32), VersionStages: ['AWSCURRENT'] };

export interface TemplateSecret {
  readonly Type: 'AWS::SecretsManager::Secret';
  readonly Properties: {
    readonly Name: string;
    readonly Description: string;
    readonly GenerateSecretString: {
      readonly SecretStringTemplate: string;
      readonly GenerateStringKey: string;
      readonly PasswordLength: number;
    };
  };
}
