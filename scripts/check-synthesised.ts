// Guards the plan of a pull request: its stacks were made by code that nobody has reviewed, and Terraform is about to read them with credentials.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { foreignLocksOf, foreignPartsOf, isForeignFile } from './synthesised/foreign-parts.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Usage: node scripts/check-synthesised.ts cdktf.out');

const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
const files = entries.map((entry) => ({ path: relative(folder, join(entry.parentPath, entry.name)), isRegular: entry.isFile() }));
const stacks = files.filter(({ path, isRegular }) => isRegular && path.endsWith('/cdk.tf.json'));
const locks = files.filter(({ path, isRegular }) => isRegular && path.endsWith('/.terraform.lock.hcl'));
const findings = [
  ...(stacks.length === 0 ? [`${folder}: no stacks in it`] : []),
  ...files.filter(({ path, isRegular }) => !isRegular || isForeignFile(path)).map(({ path }) => `${path}: synth writes no such file`),
  ...stacks.flatMap(({ path }) => foreignPartsOf(JSON.parse(readFileSync(join(folder, path), 'utf8'))).map((part) => `${path}: ${part}`)),
  ...locks.flatMap(({ path }) => foreignLocksOf(readFileSync(join(folder, path), 'utf8')).map((part) => `${path}: ${part}`)),
];
for (const finding of findings) console.error(finding);
console.log(
  findings.length === 0
    ? `Synthesised stacks: ${stacks.length}, nothing foreign in them.`
    : 'If it is meant, teach scripts/synthesised/foreign-parts.ts about it on main first: main says what a pull request may make Terraform do.',
);
process.exitCode = findings.length === 0 ? 0 : 1;
