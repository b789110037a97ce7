/** The providers our stacks use. Terraform downloads and runs whichever a stack names, in so many words or by the type of a resource. */
const ours = ['aws', 'null'];
const sources = ours.flatMap((name) => [name, `hashicorp/${name}`, `registry.terraform.io/hashicorp/${name}`]);
/** `terraform_remote_state` is built in. */
const ourTypes = new RegExp(`^(?:${[...ours, 'terraform'].join('|')})_`);
/** They can name a program that hands out credentials. */
const credentialSettings = ['profile', 'shared_config_file', 'shared_config_files', 'shared_credentials_file', 'shared_credentials_files'];
/** Reads a file of the runner, unless it is one beside the stack, written as it is. */
const farFile =
  /\b(?:file|filebase64|filemd5|filesha\d+|filebase64sha\d+|fileset|fileexists|templatefile)\s*\((?!\s*"[\w-]+(?:\/[\w-][\w.-]*)*")/;

/** What in a synthesised stack could make Terraform run a program or read a file that is not the project's, while it only plans. */
export function foreignPartsOf(stack: unknown): string[] {
  if (!isRecord(stack)) return ['not a stack'];
  const terraform = recordOf(stack.terraform);
  return [
    ...('module' in stack ? ['a module, which Terraform would fetch'] : []),
    ...Object.entries(recordOf(terraform.required_providers)).flatMap(([name, provider]) => foreignSource(name, provider)),
    ...[...Object.keys(recordOf(stack.resource)), ...Object.keys(recordOf(stack.data)), ...Object.keys(recordOf(stack.ephemeral))]
      .filter((type) => !ourTypes.test(type))
      .map((type) => `'${type}', which belongs to another provider`),
    ...Object.keys(recordOf(stack.provider))
      .filter((name) => !ours.includes(name))
      .map((name) => `the provider '${name}'`),
    ...keysIn([stack.provider, terraform.backend, recordOf(stack.data).terraform_remote_state])
      .filter((key) => credentialSettings.includes(key))
      .map((key) => `'${key}', which can name a program to run`),
    ...stringsIn(stack)
      .filter((text) => farFile.test(text))
      .map((text) => `a file read from elsewhere: ${text.slice(0, 80)}`),
  ];
}

function foreignSource(name: string, provider: unknown): string[] {
  const source = isRecord(provider) ? provider.source : undefined;
  return typeof source === 'string' && sources.includes(source) ? [] : [`the provider '${name}' from '${String(source)}'`];
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return isRecord(value) ? [...Object.keys(value), ...Object.values(value).flatMap(keysIn)] : [];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isRecord(value) ? Object.values(value).flatMap(stringsIn) : [];
}

/** A lock file can only narrow down which builds of a provider Terraform runs, as long as it is nothing else and names ours only. */
export function foreignLocksOf(lockFile: string): string[] {
  const rest = lockFile
    .replaceAll(/^#.*$/gm, '')
    .replaceAll(
      /^provider "([^"]+)" \{\n(?: {2}(?:version|constraints) += "[\d.]+"\n)+ {2}hashes = \[\n(?: {4}"(?:h1|zh):[\w+/=]+",\n)* {2}\]\n\}$/gm,
      (block, name: string) => (sources.includes(name) ? '' : block),
    )
    .trim();
  return rest === '' ? [] : [`a lock that is not only of our providers: ${rest.slice(0, 80)}`];
}

/** Anything else beside the stacks (a `.terraform` folder, another `.tf`, a `.tfvars`) would change what Terraform runs. */
export function isForeignFile(path: string): boolean {
  return !/^(?:manifest\.json|stacks\/[\w-]+\/(?:cdk\.tf\.json|metadata\.json|\.terraform\.lock\.hcl|assets\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*))$/.test(
    path,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
