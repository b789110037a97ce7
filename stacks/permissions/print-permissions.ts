// `pnpm print-permissions [FILE]`: renews docs/permissions.md, or writes another file.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '../command-line.ts';
import { documentedEnvironments, permissionsDocumentOf } from './permissions-document.ts';

const help = `Usage: pnpm print-permissions [FILE]

Writes docs/permissions.md anew, or FILE: what each role may do, and why, for every file of stacks/environments. Calls nobody. Commit it with what
changed it: a test compares them.`;

const { positionals } = readCommandLine({ help, words: 1 });
const [path = fileURLToPath(new URL('../../docs/permissions.md', import.meta.url))] = positionals;
writeFileSync(path, permissionsDocumentOf(await documentedEnvironments()));
