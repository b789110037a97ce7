import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReleaseError } from './release.ts';

/**
 * Where releases lie: beside the state, under a prefix of their own. Plans hold the secrets that Terraform knows, so they are in no artifact and no
 * log; who plans may only put them there, and who passed the approval may get them (`stacks/delivery`). Encrypted as the state is.
 */
export function placeFor(out: string, stack: string, name: string): URL {
  const { bucket, key, region } = stateIn(out, stack);
  if (!bucket || !key || !region) throw new ReleaseError('the state is kept in no bucket: set `state` in the settings.');
  return new URL(`s3://${bucket}/plans/${dirname(key)}/${name}?region=${region}`);
}

/** Where a synthesised stack keeps its state; empty where that is in no bucket. */
export function stateIn(out: string, stack: string): Readonly<Record<string, string>> {
  const { terraform } = JSON.parse(readFileSync(join(out, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as SynthesisedBackend;
  return terraform.backend.s3 ?? {};
}

interface SynthesisedBackend {
  readonly terraform: { readonly backend: { readonly s3?: Readonly<Record<string, string>> } };
}

export function putRelease(place: URL, file: string): void {
  aws(['s3api', 'put-object', ...objectOf(place), '--body', file, '--server-side-encryption', 'AES256']);
}

export function getRelease(place: URL, file: string): void {
  aws(['s3api', 'get-object', ...objectOf(place), file]);
}

function objectOf({ hostname, pathname, searchParams }: URL): string[] {
  return ['--region', searchParams.get('region') ?? '', '--bucket', hostname, '--key', pathname.slice(1)];
}

export function aws(words: readonly string[]): string {
  const { status, error, stdout, stderr } = spawnSync('aws', words, { encoding: 'utf8' });
  if (error) throw new ReleaseError('the AWS CLI is not installed.');
  if (status !== 0) throw new ReleaseError(`aws ${words.slice(0, 2).join(' ')} failed: ${stderr.trim()}`);
  return stdout;
}
