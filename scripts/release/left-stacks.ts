import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aws, stateIn } from './release-store.ts';

/** Looks for stacks that are deployed and that the settings name no longer, and tells the review of each, among the plans. */
export function tellLeftStacks(out: string, named: readonly string[], plans: string): readonly string[] {
  const left = leftStacks(out, named);
  for (const name of left) writeFileSync(join(plans, `${name}.left.txt`), '');
  return left;
}

/** Nothing plans, changes or destroys them. Destroyed ones leave an empty state. */
function leftStacks(out: string, named: readonly string[]): string[] {
  const { bucket, key, region } = stateIn(out, named[0] ?? '');
  if (!bucket || !key || !region) return [];
  const folder = `${dirname(key)}/`;
  const words = ['--region', region, '--bucket', bucket, '--prefix', folder, '--query', 'Contents[].Key', '--output', 'json'];
  const keys = (JSON.parse(aws(['s3api', 'list-objects-v2', ...words])) ?? []) as string[];
  const others = keys.flatMap((one) => (one.startsWith(folder) ? (/^([\w-]+)\.tfstate$/.exec(one.slice(folder.length))?.[1] ?? []) : []));
  return others.filter((name) => {
    if (named.includes(name)) return false;
    const state = aws(['s3', 'cp', '--region', region, `s3://${bucket}/${folder}${name}.tfstate`, '-']);
    return (JSON.parse(state) as { readonly resources?: readonly unknown[] }).resources?.length !== 0;
  });
}
