import { type Json, listOf, memberOf, textOf } from '../json/json.ts';
import type { Plan } from '../plan/plan.ts';
import { counted, words } from '../words/markdown.ts';

/** Stacks are planned side by side; one that reads another's outputs is planned against those of today. */
export function staleLines(plans: readonly Plan[]): string[] {
  return plans.flatMap(({ stack, configuration }) => {
    const references = textsIn(configuration);
    return readBy(configuration).flatMap((source) => {
      const outputs = plans.find((plan) => plan.stack === source)?.outputs ?? [];
      const moving = outputs.filter(
        ({ action, name }) => action !== 'no-op' && action !== 'create' && isRead(source, name, references),
      ).length;
      if (moving === 0) return [];
      const what = `**${words(stack)}** is planned against what **${words(source)}** tells it today.`;
      const changing = counted(moving, 'of those values changes', 'of those values change');
      return [`${what} ${changing} here, so ${words(stack)} may change more once ${words(source)} is deployed.`];
    });
  });
}

const prefix = 'cross-stack-reference-input-';

/** CDKTF names the data source after the stack that it reads. */
function readBy(configuration: Json | undefined): string[] {
  return listOf(memberOf(configuration, 'resources')).flatMap((resource) => {
    const name = textOf(memberOf(resource, 'name')) ?? '';
    return memberOf(resource, 'type') === 'terraform_remote_state' && name.startsWith(prefix) ? [name.slice(prefix.length)] : [];
  });
}

/** Where the plan does not tell which outputs are read, all of them may be. */
function isRead(source: string, output: string, references: readonly string[]): boolean {
  const outputs = `data.terraform_remote_state.${prefix}${source}.outputs.`;
  const read = references.filter((reference) => reference.startsWith(outputs)).map((reference) => reference.slice(outputs.length));
  return read.length === 0 || read.some((name) => name === output || name.startsWith(`${output}.`) || name.startsWith(`${output}[`));
}

function textsIn(json: Json | undefined): string[] {
  const texts = new Set<string>();
  const left: (Json | undefined)[] = [json];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string' && next.startsWith(`data.terraform_remote_state.${prefix}`)) texts.add(next);
    if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) left.push(inner as Json);
  }
  return [...texts];
}
