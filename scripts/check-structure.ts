// `pnpm lint` runs it. With `--crumbs` it lists the files that are too small to stand alone, which is a question and not a failure.
import { join, resolve } from 'node:path';
import { readCommandLine } from '@vera/stacks/command-line';
import { crumbsOf } from './structure/crumbs.ts';
import { repositoryFilesOf, toText } from './structure/repository-file.ts';
import { structureFindings } from './structure/structure-findings.ts';

const help = `Usage: pnpm lint [--crumbs] [FOLDER]

Looks at the formatting, then at the structure (of FOLDER, or all of this), and ends with 1 where something is to mend.

  --crumbs   lists files too small to stand alone, which is no fault`;

const { values, positionals } = readCommandLine({ help, options: { crumbs: { type: 'boolean' } }, words: 1 });
const root = resolve(positionals[0] ?? join(import.meta.dirname, '..'));
if (values.crumbs) listCrumbs();
else process.exitCode = checkAll();

function listCrumbs(): void {
  const crumbs = crumbsOf(repositoryFilesOf(root));
  for (const { path, lines, readers } of crumbs) console.log(`${path}  ${lines} lines, read by ${readers[0] ?? 'nobody'}`);
  console.log(`Crumbs (below 25 lines, one reader): ${crumbs.length}`);
}

function checkAll(): number {
  const findings = structureFindings(root);
  for (const finding of findings) console.error(toText(finding));
  console.log(findings.length === 0 ? 'Structure: nothing to say.' : `Structure: ${findings.length} to mend.`);
  return findings.length === 0 ? 0 : 1;
}
