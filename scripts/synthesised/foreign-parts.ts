import { foreignExpressionsOf } from './foreign-expressions.ts';
import { anything, flag, listOf, mapOf, record, text } from './shape.ts';

/** The providers our stacks use. Terraform downloads and runs whichever a stack names, in so many words or by the type of a resource. */
const ours = ['aws', 'null'];
const sourcesOf = (name: string) => [name, `hashicorp/${name}`, `registry.terraform.io/hashicorp/${name}`];
const sources = ours.flatMap(sourcesOf);

const label = /[\w-]+/;
const region = text(/[a-z]{2,3}(?:-[a-z]+)+-\d/);
const references = listOf(text(/[\w.-]+/));
const required = (name: string) => record({ source: text(new RegExp(sourcesOf(name).join('|'))), version: text(/\d+\.\d+\.\d+/) });

/** Where state lies: beside the project, or in a bucket, and in so many words. A state names providers as well, so none is read that a pull request brings. */
const places = {
  local: record({ path: text(/(?:\.\.\/){3}terraform\.[\w-]+\.[\w-]+\.tfstate/) }),
  s3: record({ bucket: text(/[a-z\d][a-z\d.-]+/), key: text(/[\w-]+(?:\/[\w-]+)*\.tfstate/), region, encrypt: flag, use_lockfile: flag }),
};
const remoteState = { backend: text(/local|s3/), workspace: text(/\$\{terraform\.workspace\}/) };
const frontSecret = text(/\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.front_secret\}/);

const lifecycle = record({
  ignore_changes: references,
  replace_triggered_by: references,
  prevent_destroy: flag,
  create_before_destroy: flag,
});
/** Another name there is another provider, which Terraform would fetch. */
const meta = { provider: text(/(?:aws|null)(?:\.\w+)?/), depends_on: references, lifecycle, '//': anything };
const script = record({ command: anything, environment: anything, when: text(/create|destroy/) });
const never = text(/(?!)/);
const resource = mapOf(label, anything, { ...meta, provisioner: never, connection: never });
const scripts = mapOf(label, anything, { ...meta, provisioner: listOf(record({ 'local-exec': script })), connection: never });

/** What our stacks are made of, with any settings: whatever else Terraform could read is foreign, known to be harmful or not. */
const stackShape = record({
  terraform: record({
    backend: record(places),
    required_providers: record({ aws: required('aws'), null: required('null') }),
    required_version: text(/~> 1\.\d+/),
  }),
  provider: record({
    aws: listOf(
      record({
        alias: text(/\w+/),
        allowed_account_ids: listOf(text(/\d{12}/)),
        default_tags: listOf(record({ tags: anything })),
        region,
      }),
    ),
    null: listOf(record({})),
  }),
  data: record({
    // Which keys a place takes the backend itself says; none of these names a program or another host.
    terraform_remote_state: mapOf(label, (value, path) => remoteStateFaults(value, path)),
    aws_secretsmanager_secret_version: record({ 'front-secret': record({ secret_id: frontSecret }) }),
  }),
  resource: mapOf(/aws_\w+/, mapOf(label, resource), {
    null_resource: mapOf(label, scripts),
    // Of Terraform itself: it keeps what it is given.
    terraform_data: mapOf(label, record({ input: record({ role: anything, trust: anything, policy: anything }) })),
  }),
  removed: listOf(record({ from: text(/[\w.-]+/), lifecycle: record({ destroy: flag }) })),
  output: mapOf(label, record({ description: anything, sensitive: flag, value: anything })),
  variable: mapOf(label, record({ default: anything, description: anything, sensitive: flag, type: text(/string/) })),
});

/** What in a synthesised stack could make Terraform run a program or read a file that is not the project's, while it only plans. */
export function foreignPartsOf(written: string): string[] {
  const stack: unknown = JSON.parse(written);
  // Of a key that is there twice JavaScript takes the last, and Terraform both.
  const again = JSON.stringify(stack);
  const unread = again.replaceAll(/\s/g, '') === written.replaceAll(/\s/g, '') ? [] : ['not written as synth writes: a key is there twice'];
  return [...unread, ...stackShape(stack, ''), ...foreignExpressionsOf(stack)];
}

function remoteStateFaults(value: unknown, path: string): string[] {
  const { backend } = { ...(value as { readonly backend?: unknown } | null) };
  return record({ ...remoteState, config: backend === 'local' ? places.local : places.s3 })(value, path);
}

/** Of the manifest: each name in it becomes a folder that Terraform is run in, so each is one of the stacks that were looked at. */
export function foreignNamesOf(manifest: unknown, stacks: readonly string[]): string[] {
  const names = new RegExp(stacks.join('|'));
  const stack = mapOf(label, anything, { dependencies: listOf(text(names)) });
  return record({ version: anything, stacks: mapOf(names, stack) })(manifest, 'manifest.json');
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
