import { type Json, listOf, memberOf, textOf } from './json.ts';
import { counted, words } from './markdown.ts';
import type { Plan } from './plan.ts';

/** Stacks are planned side by side; one that reads another's outputs is planned against those of today. */
export function staleLines(plans: readonly Plan[]): string[] {
  return plans.flatMap(({ stack, configuration }) =>
    readBy(configuration).flatMap((source) => {
      const outputs = plans.find((plan) => plan.stack === source)?.outputs ?? [];
      const moving = outputs.filter(({ action }) => action === 'update' || action === 'delete' || action === 'replace').length;
      if (moving === 0) return [];
      const what = `**${words(stack)}** is planned against what **${words(source)}** tells it today.`;
      return [
        `${what} ${counted(moving, 'of those values changes', 'of those values change')} here, so ${words(stack)} may change more once ${words(source)} is deployed.`,
      ];
    }),
  );
}

/** CDKTF names the data source after the stack that it reads. */
function readBy(configuration: Json | undefined): string[] {
  return listOf(memberOf(configuration, 'resources')).flatMap((resource) => {
    const isRemote = memberOf(resource, 'type') === 'terraform_remote_state';
    return isRemote ? (/^cross-stack-reference-input-(.+)$/.exec(textOf(memberOf(resource, 'name')) ?? '')?.[1] ?? []) : [];
  });
}
