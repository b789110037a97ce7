import { spawnSync } from 'node:child_process';

export const planFile = 'plan.bin';

/** What came of planning one stack. `json` is what `terraform show -json` says: with values that Terraform hides on the screen only. */
export type Planned =
  | { readonly kind: 'planned'; readonly json: string; readonly said: string }
  /** The stack whose outputs are not there yet. */
  | { readonly kind: 'waits'; readonly upstream: string }
  | { readonly kind: 'failed'; readonly output: string };

/** Plans the synthesised stack in a folder, and leaves the plan there. Changes nothing, and keeps nobody else from deploying. */
export function planStack(folder: string): Planned {
  const steps = [
    ['init', '-input=false', '-no-color'],
    ['plan', '-input=false', '-no-color', '-lock=false', `-out=${planFile}`],
    ['show', '-json', planFile],
  ];
  let [json, said] = ['', ''];
  for (const step of steps) {
    const { status, stdout, stderr } = terraform(folder, step);
    if (status !== 0) {
      const upstream = missingUpstreamOf(stdout + stderr);
      return upstream === undefined ? { kind: 'failed', output: stdout + stderr } : { kind: 'waits', upstream };
    }
    if (step[0] === 'plan') said = /^(?:Plan: .*|No changes\..*)$/m.exec(stdout)?.[0] ?? 'Outputs change only.';
    if (step[0] === 'show') json = stdout;
  }
  return { kind: 'planned', json, said };
}

export function terraform(folder: string, words: readonly string[]) {
  return spawnSync('terraform', words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30 });
}

/** The stack whose outputs Terraform did not find, when that is why a plan failed. */
function missingUpstreamOf(output: string): string | undefined {
  if (!/Unable to find remote state|No stored state was found|This object does not have an attribute named/.test(output)) return undefined;
  return /cross-stack-reference-input-([\w-]+)/.exec(output)?.[1];
}
