import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> | null };
}
interface PlannedResource {
  readonly address: string;
  readonly provisioners?: readonly { readonly expressions?: { readonly command?: { readonly constant_value?: string } } }[];
}
export interface FilesPlan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly configuration?: { readonly root_module?: { readonly resources?: readonly PlannedResource[] } };
}

const imageScript = 'scripts/build-worker-image';
const tagOfImage = join(import.meta.dirname, '../../stacks/worker/worker-image.ts');

/**
 * What an apply of the plan would read beside it and not find as it was planned: an archive, a script, the sources of the image. In `folder`
 * lies the stack, as Terraform runs in it. A deployment that finds this out by itself has applied half of it by then.
 */
export function missingFilesOf(plan: FilesPlan, folder: string): string[] {
  return appliedOf(plan).flatMap((resource) => [
    ...fileFaults(resource, folder),
    ...scriptFaults(resource, commandsOf(plan, resource), folder),
  ]);
}

/**
 * Why the image that the settings name cannot be used, told by the script that the apply runs, before anything is applied. Who plans may not
 * look into images; who deploys may.
 */
export function namedImageFaultsOf(plan: FilesPlan, folder: string): string[] {
  return appliedOf(plan).flatMap((resource) => {
    const script = commandsOf(plan, resource).flatMap((command) => /\bassets\/[\w./-]+\/scripts\/check-image\b/.exec(command) ?? [])[0];
    const { uri } = (resource.change.after?.triggers ?? {}) as Readonly<Record<string, string>>;
    if (!script || !uri || !existsSync(join(folder, script))) return [];
    const { status, stderr } = spawnSync('env', [`IMAGE_URI=${uri}`, 'sh', script], { cwd: folder, encoding: 'utf8' });
    return status === 0 ? [] : [`${resource.address}: ${stderr.trim()}`];
  });
}

function appliedOf(plan: FilesPlan): readonly ResourceChange[] {
  return (plan.resource_changes ?? []).filter(({ change }) => change.actions.some((action) => /create|update/.test(action)));
}

function fileFaults({ address, type, change: { after } }: ResourceChange, folder: string): string[] {
  const named = Object.entries(after ?? {}).flatMap(([attribute, value]) =>
    typeof value === 'string' && (value.startsWith('assets/') || (type === 'aws_lambda_function' && attribute === 'filename'))
      ? [value]
      : [],
  );
  return named.flatMap((path) => {
    if (!existsSync(join(folder, path))) return [`${address}: the file ${path} is not there`];
    if (type !== 'aws_lambda_function') return [];
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('base64');
    return hash === after?.source_code_hash ? [] : [`${address}: the archive ${path} is another one than was planned`];
  });
}

function commandsOf({ configuration }: FilesPlan, { address }: ResourceChange): string[] {
  const found = configuration?.root_module?.resources?.find((resource) => resource.address === address);
  return (found?.provisioners ?? []).flatMap(({ expressions }) => expressions?.command?.constant_value ?? []);
}

function scriptFaults({ address, change: { after } }: ResourceChange, commands: readonly string[], folder: string): string[] {
  const paths = commands.flatMap((command) => command.match(/\bassets\/[\w./-]+/g) ?? []);
  return paths.flatMap((path) => {
    if (!existsSync(join(folder, path))) return [`${address}: the script ${path} is not there`];
    return path.endsWith(`/${imageScript}`) ? imageFaults(address, after, join(folder, path.slice(0, -imageScript.length))) : [];
  });
}

/** The sources of the image give the tag that was planned, told by the one program that knows how. */
function imageFaults(address: string, after: ResourceChange['change']['after'], sources: string): string[] {
  const { tag, platform, target } = (after?.triggers ?? {}) as Readonly<Record<string, string>>;
  const { status, stdout, stderr } = spawnSync(process.execPath, [tagOfImage, String(platform), String(target), sources], {
    encoding: 'utf8',
  });
  if (status !== 0) return [`${address}: the sources of the image give no tag: ${/Error: .*/.exec(stderr)?.[0] ?? 'they are not whole'}`];
  const given = stdout.trim();
  return given === tag ? [] : [`${address}: the sources of the image give the tag ${given}, and ${String(tag)} was planned`];
}
