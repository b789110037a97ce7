import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempDisposableSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** `unseen`: Terraform could not look, as where it reaches no registry. */
export interface Validation {
  readonly kind: 'right' | 'wrong' | 'unseen';
  readonly words: string;
}

/** Has Terraform itself validate each synthesised stack, with providers from the registry and no state. Leaves nothing beside them. */
export function validateStacks(out: string, env: NodeJS.ProcessEnv): Validation {
  const stacks = globSync('stacks/*/cdk.tf.json', { cwd: out }).map((file) => join(out, file, '..'));
  if (stacks.length === 0) return { kind: 'wrong', words: `${out} has no stacks: run \`pnpm synth\` first.` };
  using folder = mkdtempDisposableSync(join(tmpdir(), 'terraform-'));
  const cache = join(folder.path, 'providers');
  mkdirSync(cache);
  const findings = stacks.map((stack) =>
    validate(stack, { ...env, TF_DATA_DIR: join(folder.path, basename(stack)), TF_PLUGIN_CACHE_DIR: cache }),
  );
  const worst = findings.find(({ kind }) => kind === 'wrong') ?? findings.find(({ kind }) => kind === 'unseen');
  return worst ?? { kind: 'right', words: `${stacks.length} stacks are valid by Terraform's word.` };
}

function validate(stack: string, env: NodeJS.ProcessEnv): Validation {
  const lock = join(stack, '.terraform.lock.hcl');
  const hadLock = existsSync(lock);
  const run = (...words: string[]) => spawnSync('terraform', [`-chdir=${stack}`, ...words, '-no-color'], { encoding: 'utf8', env });
  try {
    const init = run('init', '-backend=false', '-input=false');
    if (init.status !== 0) return { kind: 'unseen', words: `terraform init of ${basename(stack)} failed: ${firstError(init.stderr)}` };
    const { status, stdout, stderr } = run('validate');
    if (status === 0) return { kind: 'right', words: '' };
    return { kind: 'wrong', words: `terraform validate of ${basename(stack)} failed:\n${stderr || stdout}` };
  } finally {
    if (!hadLock) rmSync(lock, { force: true });
  }
}

function firstError(text: string): string {
  return /Error: (.+)/.exec(text)?.[1] ?? 'it said nothing';
}
