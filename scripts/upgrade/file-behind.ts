import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file of a version in `root` that stands behind a door such as `@vera/ledger/ledger`, from that folder on. */
export function fileBehind(door: string, root: string): string {
  const [, name = '', path = ''] = /^@vera\/([^/]+)\/(.+)$/.exec(door) ?? [];
  const manifest = join('packages', name, 'package.json');
  const { exports } = JSON.parse(readFileSync(join(root, manifest), 'utf8')) as { readonly exports: Readonly<Record<string, string>> };
  const behind = exports[`./${path}`];
  if (behind === undefined || !existsSync(join(root, 'packages', name, behind))) throw new Error(`There is no ${door} in ${root}.`);
  return join('packages', name, behind);
}
