import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentedEnvironments, permissionsDocumentOf } from '../../permissions/permissions-document.ts';

describe('docs/permissions.md', () => {
  it('says what the stacks grant; `pnpm print-permissions` renews it', async () => {
    const committed = readFileSync(new URL('../../../docs/permissions.md', import.meta.url), 'utf8');
    const made = permissionsDocumentOf(await documentedEnvironments());
    expect(committed, 'docs/permissions.md is not what the stacks grant now. Run `pnpm print-permissions`, and look at what changed.').toBe(
      made,
    );
  });
});
