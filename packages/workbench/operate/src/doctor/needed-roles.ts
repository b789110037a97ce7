import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RoleDocuments } from './role-documents.ts';

const root = new URL('../../../../../', import.meta.url);

/** What `pnpm roles` prints: of each role that the settings name, by ARN, what it has to trust and to allow by the sources here. */
export function neededRoles(): Readonly<Record<string, RoleDocuments>> {
  const [, printed = '{}'] = ['scripts/bundle.ts', 'stacks/permissions/print-roles.ts'].map((script) =>
    execFileSync(process.execPath, [fileURLToPath(new URL(script, root))], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  return JSON.parse(printed) as Readonly<Record<string, RoleDocuments>>;
}
