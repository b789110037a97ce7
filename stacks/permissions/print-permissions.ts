// `pnpm print-permissions`: renews docs/permissions.md.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentedEnvironments, permissionsDocumentOf } from './permissions-document.ts';

const path = fileURLToPath(new URL('../../docs/permissions.md', import.meta.url));
writeFileSync(path, permissionsDocumentOf(await documentedEnvironments()));
