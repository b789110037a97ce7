// Guards the plan of a pull request: its stacks were made by code that nobody has reviewed, and Terraform is about to read them with credentials.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { foreignLocksOf, foreignNamesOf, foreignPartsOf, isForeignFile } from './synthesised/foreign-parts.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node scripts/check-synthesised.ts cdktf.out');

const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
const files = entries.map((entry) => ({ path: relative(folder, join(entry.parentPath, entry.name)), isRegular: entry.isFile() }));
const stacks = files.filter(({ path, isRegular }) => isRegular && path.endsWith('/cdk.tf.json'));
const locks = files.filter(({ path, isRegular }) => isRegular && path.endsWith('/.terraform.lock.hcl'));
const manifests = files.filter(({ path, isRegular }) => isRegular && path === 'manifest.json');
const names = stacks.map(({ path }) => basename(dirname(path)));
const findings = [
  ...(stacks.length === 0 ? [`${folder}: no stacks in it`] : []),
  ...files.filter(({ path, isRegular }) => !isRegular || isForeignFile(path)).map(({ path }) => `${path}: synth writes no such file`),
  ...stacks.flatMap(({ path }) => foreignPartsOf(read(path)).map((part) => `${path}: ${part}`)),
  ...manifests.flatMap(({ path }) => foreignNamesOf(JSON.parse(read(path)), names)),
  ...locks.flatMap(({ path }) => foreignLocksOf(read(path)).map((part) => `${path}: ${part}`)),
];
for (const finding of findings) console.error(finding);
console.log(
  findings.length === 0
    ? `Synthesised stacks: ${stacks.length}, nothing foreign in them.`
    : 'If it is meant, teach scripts/synthesised/foreign-parts.ts (or foreign-expressions.ts) about it on main first: main says what a pull request may make Terraform do.',
);
process.exitCode = findings.length === 0 ? 0 : 1;

function read(path: string): string {
  return readFileSync(join(folder ?? '', path), 'utf8');
}
