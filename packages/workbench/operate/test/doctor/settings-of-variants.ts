import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DeployedSettings, Deployment } from '../../src/deployment.ts';

export interface Variant {
  readonly settings: DeployedSettings & Pick<Deployment, 'region' | 'environment'> & Partial<Pick<Deployment, 'portalUrl' | 'front'>>;
  /** With `…` for the role. */
  readonly functions: string;
  readonly secret: string;
}

const printer = fileURLToPath(new URL('../../../../../stacks/test/print-variants.ts', import.meta.url));

/** All that `stacks/variants` has, as the settings parse them. */
export const variants = JSON.parse(execFileSync(process.execPath, [printer], { encoding: 'utf8' })) as Readonly<Record<string, Variant>>;

/** One of them with other settings. */
export function variantOf(name: string, more: Partial<Variant['settings']> = {}): Variant {
  const variant = variants[name];
  if (variant === undefined) throw new Error(`there is no variant ${name}`);
  return { ...variant, settings: { ...variant.settings, ...more } };
}
