// `pnpm print-permissions [FILE]`: renews docs/permissions.md, or writes another file.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentedEnvironments, permissionsDocumentOf } from './permissions-document.ts';

const [path = fileURLToPath(new URL('../../docs/permissions.md', import.meta.url))] = process.argv.slice(2);
writeFileSync(path, permissionsDocumentOf(await documentedEnvironments()));
