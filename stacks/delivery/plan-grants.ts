import { dirname } from 'node:path/posix';
import type { Grant, Grants } from '../constructs/grant.ts';
import { stateKeyOf } from '../constructs/use-aws.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { githubIssuer } from './github-trust.ts';
import { type Part, type Parts, placeOf } from './part.ts';
import { partsOf } from './parts-of.ts';

/** What a plan looks at: how things are set up, never what is in them. No conversation, no account, no secret of a person can be read. */
export function planGrantsOf(settings: Settings): Readonly<Record<string, Grants>> {
  return {
    ...mapParts(settings, ({ look, make: _, ...where }) => (look.length > 0 ? { actions: look, ...where } : undefined)),
    around: { ...lookAroundOf(settings), ...gatewayClientKeyOf(settings), ...stateGrantsOf(settings, 'read') },
  };
}

/** One grant a part, in the groups of the parts. */
export function mapParts(settings: Settings, grantOf: (part: Part) => Grant | undefined): Record<string, Grants> {
  return Object.fromEntries(
    Object.entries<Parts>(partsOf(settings)).map(([group, parts]) => {
      const grants = Object.entries(parts).flatMap(([kind, part]) => {
        const grant = grantOf(part);
        return grant ? [[kind, grant] as const] : [];
      });
      return [group, Object.fromEntries(grants)];
    }),
  );
}

/** What is read beside the parts, by whoever deploys, too. */
export function lookAroundOf(settings: Settings): Grants {
  const { github, account } = settings;
  const provider = {
    actions: ['iam:GetOpenIDConnectProvider'],
    resources: [`arn:aws:iam::${account}:oidc-provider/${githubIssuer}`],
    because: 'a refresh reads it; only an administrator makes or changes it',
  };
  return {
    lists: {
      actions: ['cognito-idp:DescribeUserPoolDomain', 'kms:ListAliases', 'logs:DescribeLogGroups'],
      resources: ['*'],
      because: 'these know no resource, and tell of names and settings only',
    },
    // Secrets whose value Terraform writes or passes on, and therefore reads; they are in the state, too.
    gatewayClient: {
      actions: ['secretsmanager:GetSecretValue'],
      resources: readSecretsOf(settings),
      because: 'Secrets Manager ends every ARN with six random characters',
    },
    ...(github && !github.providerArn ? { githubProvider: provider } : {}),
  };
}

function gatewayClientKeyOf(settings: Settings): Grants {
  const { arn, tagged } = placeOf(settings);
  const { region, keyArn } = settings;
  return {
    gatewayClientKey: {
      actions: ['kms:Decrypt'],
      resources: [keyArn ?? arn('kms', 'key/*')],
      conditions: {
        StringEquals: { ...(keyArn ? {} : tagged.StringEquals), 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:SecretARN': singleOf(readSecretsOf(settings)) },
      },
      because: `Secrets Manager decrypts in the name of whoever reads; ${keyArn ? '' : 'AWS makes up the key’s id, '}the conditions leave only this secret`,
    },
  };
}

/** The gateway client's, and what the front shows where there is one. */
function readSecretsOf(settings: Settings): string[] {
  const ends = ['gateway-client', ...(settings.front ? ['front'] : [])];
  return ends.map((end) => placeOf(settings).arn('secretsmanager', `secret:${nameOf(settings, end)}-*`));
}

function singleOf(texts: readonly string[]): string | readonly string[] {
  return texts.length === 1 ? (texts[0] ?? '') : texts;
}

/** Who plans on main puts plans beside the state and cannot read them back; who passed the approval gets them. A plan holds secrets. */
export function releaseGrantsOf(settings: Settings, use: 'put' | 'get'): Grants {
  if (!settings.state) return {};
  return {
    stateReleases: {
      actions: [use === 'put' ? 's3:PutObject' : 's3:GetObject'],
      resources: [`arn:aws:s3:::${settings.state.bucket}/plans/${dirname(stateKeyOf(settings, '*'))}/*`],
      because: 'one file a round of a deployment, of this environment only, named after its hash',
    },
  };
}

/** Reading the state, or keeping it: nothing where the state is beside the code. */
export function stateGrantsOf(settings: Settings, use: 'read' | 'write'): Grants {
  if (!settings.state) return {};
  const bucket = `arn:aws:s3:::${settings.state.bucket}`;
  const ours = `${bucket}/${stateKeyOf(settings, '*')}`;
  return {
    stateBucket: { actions: ['s3:ListBucket'], resources: [bucket], because: 'Terraform looks whether a stack has a state yet' },
    state: {
      actions: use === 'read' ? ['s3:GetObject'] : ['s3:GetObject', 's3:PutObject'],
      resources: [ours],
      because: 'one file a stack, of this environment only',
    },
    ...(use === 'write'
      ? {
          stateLock: {
            actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
            resources: [`${ours}.tflock`],
            because: 'one lock a stack',
          },
        }
      : {}),
  };
}
