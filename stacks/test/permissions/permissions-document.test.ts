import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planGrantsOf } from '../../delivery/plan-grants.ts';
import { documentedEnvironments, permissionsDocumentOf } from '../../permissions/permissions-document.ts';
import { parseSettings } from '../../settings/settings.ts';
import { company, production } from '../example-settings.ts';

describe('docs/permissions.md', () => {
  it('says what the stacks grant; `pnpm print-permissions` renews it', async () => {
    const committed = readFileSync(new URL('../../../docs/permissions.md', import.meta.url), 'utf8');
    const made = permissionsDocumentOf(await documentedEnvironments());
    expect(committed, 'docs/permissions.md is not what the stacks grant now. Run `pnpm print-permissions`, and look at what changed.').toBe(
      made,
    );
  });

  it('names each secret that a plan reads, as do the workflows', () => {
    const settings = parseSettings('production', { ...company, gateway: { ...production.gateway, authorizer: 'cognito' } });
    const resources = Object.values(planGrantsOf(settings)).flatMap((grants) =>
      Object.values(grants).flatMap((grant) =>
        grant && 'actions' in grant && grant.actions.includes('secretsmanager:GetSecretValue') ? grant.resources : [],
      ),
    );
    const ends = resources.map((arn) => arn.split(':secret:use1-prod-vera-')[1] ?? arn);
    expect(ends).toEqual(['gateway-client-*', 'front-*']);
    const textOf = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
    for (const end of ends) expect(textOf('docs/permissions.md')).toMatch(new RegExp(`secret:\\S+-${end.replace('*', '\\*')}`));
    for (const path of ['.github/workflows/README.md', '.github/workflows/plan.yml'])
      expect(textOf(path).replaceAll(/\s#?\s*/g, ' ')).toMatch(
        /gateway[^.]*client.*what (?:CloudFront|that) shows to the functions behind it/,
      );
  });
});
