import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** Gives a stack its provider, which touches no account but the settings', and the place of its state. */
export function useAws(stack: TerraformStack, settings: Settings): void {
  // Nothing in cdktf reads it. The fork cdktn does, and refuses write-only arguments where older versions are not ruled out.
  stack.node.setContext('targetVersions', { terraform: '>=1.11.0' });
  new AwsProvider(stack, 'aws', providerConfigOf(settings, settings.region));
  keepState(stack, settings);
  // Write-only arguments, and locks of S3.
  stack.addOverride('terraform.required_version', '~> 1.11');
}

/** A provider for each other region that has a knowledge base, by region. */
export function useKnowledgeBaseAws(stack: TerraformStack, settings: Settings): ReadonlyMap<string, AwsProvider> {
  const regions = new Set(settings.knowledgeBases.flatMap(({ region }) => region ?? []));
  regions.delete(settings.region);
  const providerIn = (region: string) =>
    new AwsProvider(stack, `aws-knowledge-base-${region}`, {
      ...providerConfigOf(settings, region),
      alias: `knowledge_base_${region.replaceAll('-', '_')}`,
    });
  return new Map([...regions].map((region) => [region, providerIn(region)]));
}

/** A provider for us-east-1, where AWS keeps what belongs to CloudFront, wherever all else is. */
export function useGlobalAws(stack: TerraformStack, settings: Settings): AwsProvider {
  return new AwsProvider(stack, 'aws-global', { ...providerConfigOf(settings, 'us-east-1'), alias: 'global' });
}

function providerConfigOf(settings: Settings, region: string) {
  return { region, allowedAccountIds: [settings.account], defaultTags: [{ tags: tagsOf(settings) }] };
}

/** Of all that an environment has. Ours last: rights are bound to them. */
export function tagsOf({ tags, environment, botName }: Settings): Record<string, string> {
  return { ...tags, 'vera:bot': botName, 'vera:environment': environment };
}

function keepState(stack: TerraformStack, { state, environment, ...place }: Settings): void {
  const id = stack.node.id;
  if (!state) {
    // Terraform runs in cdktf.out/stacks/<id>: three up is the repository.
    new LocalBackend(stack, { path: `../../../terraform.${environment}.${id}.tfstate` });
    return;
  }
  const backend = new S3Backend(stack, {
    bucket: state.bucket,
    region: state.region,
    key: stateKeyOf({ environment, ...place }, id),
    encrypt: true,
  });
  // S3's own locking, since Terraform 1.10; cdktf 0.21 does not know it yet.
  backend.addOverride('use_lockfile', true);
}

/** Where a stack's state lies in the bucket; `*` stands for any stack. */
export function stateKeyOf(settings: Pick<Settings, 'environment' | 'region' | 'accountCode' | 'botName'>, stack: string): string {
  return `${nameOf(settings)}/${settings.environment}/${stack}.tfstate`;
}
