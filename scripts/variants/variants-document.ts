/** What came of one variant; the numbers are of stacks. */
export interface Row {
  readonly name: string;
  readonly about: string;
  readonly stacks: number;
  readonly resources: number;
  readonly validated: number;
  readonly planned: number;
  readonly applied: number;
  readonly unchanged: number;
  readonly destroyed: number;
  /** What the settings protect from deletion refused to be destroyed, and nothing else did. */
  readonly refused: number;
}

/** Reads what the Terraform check said of each stack. Where it began once more, only what came then counts. */
export function rowOf(name: string, about: string, stacks: readonly string[], said: string): Row {
  const lines = (said.split('!! Once more').at(-1) ?? '').split('\n');
  const good = (step: string, words = '') =>
    stacks.flatMap((stack) => lines.find((line) => new RegExp(`^ok +${stack} +${step} .*${words}`).test(line)) ?? []);
  const added = good('apply').map((line) => Number(/Resources: (\d+) added/.exec(line)?.[1] ?? 0));
  return {
    name,
    about,
    stacks: stacks.length,
    resources: added.reduce((sum, one) => sum + one, 0),
    validated: good('validate').length,
    planned: good('plan', 'Plan: ').length,
    applied: good('apply', 'Apply complete').length,
    unchanged: good('re-plan', 'nothing to change').length,
    destroyed: good('destroy', ' to destroy').length,
    refused: good('destroy', 'refused: protected from deletion').length,
  };
}

/** Whether every stack came through every step. */
export function isWhole({ stacks, validated, planned, applied, unchanged, destroyed, refused }: Row): boolean {
  return stacks > 0 && [validated, planned, applied, unchanged, destroyed + refused].every((count) => count === stacks);
}

/** The document, with these rows in place of what it said of them before; of variants that are gone nothing stays. */
export function variantsDocument(old: string, rows: readonly Row[], names: readonly string[]): string {
  const kept = (name: string) => old.split('\n').find((line) => line.startsWith(`| ${name} |`));
  const lines = names.flatMap((name) => {
    const row = rows.find((one) => one.name === name);
    return row ? lineOf(row) : (kept(name) ?? []);
  });
  return `${heading}\n${lines.join('\n')}\n`;
}

const heading = `# What real Terraform was run over

\`npx --yes pnpm@12.21.0 check-variants\` writes this table: it synthesises each line of \`stacks/variants/variants.ts\`, and has Terraform validate,
plan, apply, plan again and destroy every stack of it, with the AWS provider on an emulator (\`scripts/terraform-check.ts\` says what that
needs: the script that runs the emulator is no part of this repository). Names after it run only those. CI does the same with \`trial\` where it
finds what it needs; elsewhere Terraform validates each stack by itself, and the run's summary says what was not done.

The numbers are of stacks. Planned again, Terraform found nothing to change. What the settings protect from deletion (\`deletionProtection\`) may
refuse to be destroyed, and nothing else may. What the emulator lacks (AgentCore, guardrails, parts of Cognito and CloudFront) a stand-in of the
provider keeps, by the provider's schema. Whether AWS takes each value neither can tell: that is seen by \`pnpm plan\`, and for good by a
deployment.

| variant | what it is | stacks | resources | validated | planned | applied | nothing to change | destroyed |
|---|---|---|---|---|---|---|---|---|`;

function lineOf(row: Row): string {
  const { name, about, stacks, resources, validated, planned, applied, unchanged, destroyed, refused } = row;
  const gone = refused > 0 ? `${destroyed}; ${refused} protected` : destroyed;
  return `| ${[name, about, stacks, resources, validated, planned, applied, unchanged, gone].join(' | ')} |`;
}
