import { errorLines } from '@vera/plan-review/error-lines';
import { terraform } from './plan-stack.ts';
import { ReleaseError } from './release.ts';

/** Which Terraform this machine has, and for which kind of machine: `1.11.4`, `linux_arm64`. */
export function terraformHere(): { readonly terraform: string; readonly platform: string } {
  const { status, stdout } = terraform('.', ['version', '-json']);
  if (status !== 0) throw new ReleaseError('terraform is not installed: https://developer.hashicorp.com/terraform/install');
  const told = JSON.parse(stdout) as { readonly terraform_version: string; readonly platform: string };
  return { terraform: told.terraform_version, platform: told.platform };
}

/** Which state a stack has now: it changes with each apply, whoever makes it. */
export function stateOf(folder: string): string {
  const { status, stdout, stderr } = terraform(folder, ['state', 'pull']);
  if (status !== 0) throw new ReleaseError(`terraform state pull failed in ${folder}: ${errorLines(stderr).join(' ')}`);
  if (stdout.trim() === '') return 'none';
  const { lineage, serial } = JSON.parse(stdout) as { readonly lineage: string; readonly serial: number };
  return `${lineage}/${serial}`;
}
