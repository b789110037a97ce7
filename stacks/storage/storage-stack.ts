import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { shared } from '../constructs/shared.ts';
import { useAws } from '../constructs/use-aws.ts';
import { createFrontSecret } from '../front/front-secret.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { keyPolicyOf, keyPolicyReasons } from './key-access.ts';
import { encryptsLogsIn, logKeyOf } from './log-key.ts';
import { Memory } from './memory.ts';
import { existingSafeguardOf, Safeguard } from './safeguard.ts';
import { secretKeysOf } from './secret-keys.ts';
import { Tables } from './tables.ts';

interface StorageStackProps {
  readonly settings: Settings;
}

/** What outlives every deployment: images, tables, the key, the secret, memory, the guardrail. */
export class StorageStack extends TerraformStack {
  readonly repositoryUrl: string;
  readonly repositoryArn: string;
  readonly keyArn: string;
  /** Undefined where CloudWatch's own encrypts what is logged. */
  readonly logKey: string | undefined;
  readonly secretArn: string;
  /** Name of what a front shows to the functions behind it; undefined where there is no front. */
  readonly frontSecret: string | undefined;
  readonly tables: Tables;
  /** Undefined where it is off. */
  readonly memory: Memory | undefined;
  readonly safeguard: Pick<Safeguard, 'id' | 'version' | 'arn'>;

  constructor(scope: Construct, id: string, { settings }: StorageStackProps) {
    super(scope, id);
    useAws(this, settings);
    this.keyArn = shared(this, 'key_arn', settings.keyArn ?? this.createKey(settings).arn);
    this.logKey = logKeyOf(settings, this.keyArn);
    const repository = this.createRepository(settings);
    this.repositoryUrl = shared(this, 'repository_url', repository.repositoryUrl);
    this.repositoryArn = shared(this, 'repository_arn', repository.arn);
    this.secretArn = shared(this, 'secret_arn', this.createSecret(settings).arn);
    this.frontSecret = settings.front && shared(this, 'front_secret', createFrontSecret(this, settings, this.keyArn));
    this.tables = new Tables(this, 'tables', { settings, keyArn: this.keyArn });
    this.memory = settings.memory === 'on' ? new Memory(this, 'memory', { settings }) : undefined;
    this.safeguard = existingSafeguardOf(settings) ?? new Safeguard(this, 'guardrail', { settings });
  }

  private createKey(settings: Settings): KmsKey {
    const key = new KmsKey(this, 'key', {
      description: `${nameOf(settings)}: conversations, accounts and secrets`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: keyPolicyOf(settings),
    });
    const { LogsOfThisBot, ...always } = keyPolicyReasons;
    const reasons = encryptsLogsIn(settings) ? { LogsOfThisBot, ...always } : always;
    for (const [sid, reason] of Object.entries(reasons)) key.addOverride(`//.because.${sid}`, reason);
    new KmsAlias(this, 'key-alias', { name: `alias/${nameOf(settings)}`, targetKeyId: key.keyId });
    return key;
  }

  /**
   * Nothing in it ever goes by itself. A rule of ECR's knows tags, ages and pulls: not which version an endpoint or `rollBackTo` names (of which
   * AgentCore keeps up to a thousand), nor which image a function runs; and it counts signatures as images (aws/containers-roadmap#1078, #2613).
   * A build adds half a megabyte, as layers are kept once: a thousand of them cost some five cents a month.
   */
  private createRepository(settings: Settings): EcrRepository {
    return new EcrRepository(this, 'images', {
      name: nameOf(settings, 'worker'),
      // A tag is a hash of what it was built from: it can never mean something else.
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
      forceDelete: !settings.deletionProtection,
    });
  }

  /** Empty: a person puts the values in, so that no code, plan or state ever holds them. */
  private createSecret(settings: Settings): SecretsmanagerSecret {
    return new SecretsmanagerSecret(this, 'secret', {
      name: nameOf(settings, 'secrets'),
      description: `JSON with the keys ${secretKeysOf(settings).join(', ')}`,
      kmsKeyId: this.keyArn,
      recoveryWindowInDays: settings.deletionProtection ? 30 : 0,
    });
  }
}
