import { join, resolve } from 'node:path';
import { toText } from './structure/finding.ts';
import { structureFindings } from './structure/structure-findings.ts';

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const findings = structureFindings(root);
for (const finding of findings) console.error(toText(finding));
console.log(findings.length === 0 ? 'Structure: nothing to say.' : `Structure: ${findings.length} to mend.`);
process.exitCode = findings.length === 0 ? 0 : 1;
