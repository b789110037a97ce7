import { type App, DataResource, type TerraformStack } from 'cdktf';
import type { Settings } from '../settings/settings.ts';
import { roleDocumentsOf } from './role-documents.ts';

/**
 * Nothing here changes a role that the company keeps itself. So what each has to allow is kept in the state, beside what runs with it: where that
 * changes, a plan shows it, and the review says what the company has to change first.
 */
export function recordNeeds(app: App, settings: Settings): void {
  for (const [arn, { role, stack, trust, policy }] of Object.entries(roleDocumentsOf(settings)))
    new DataResource(app.node.findChild(stack) as TerraformStack, `needs-of-${role}`, {
      input: { role: arn, trust: textOf(trust), policy: textOf(policy) },
    });
}

/** What IAM would fill in, Terraform would try to. */
function textOf(document: object): string {
  return JSON.stringify(document).replaceAll('${', '$${');
}
