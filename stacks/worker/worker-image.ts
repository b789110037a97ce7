import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowListOf, buildContextOf, WorkerImageError } from './build-context.ts';

export interface WorkerImage {
  /** 12 hex digits over everything the build can see. The same files give the same tag on every machine. */
  readonly tag: string;
  /** What went into it, under names for people, each with a short hash: the plan review tells by them what moved the tag. */
  readonly inputs: Readonly<Record<string, string>>;
  /** All that the build can see, by path from the root. */
  readonly files: readonly string[];
}

export interface WorkerImageOptions {
  /** AgentCore runs `linux/arm64` only. */
  readonly platform?: string;
  /** A stage of the Dockerfile. */
  readonly target?: string;
}

const dockerfile = 'docker/worker.Dockerfile';
const ignoreFile = `${dockerfile}.dockerignore`;

export function workerImageOf(root: string, { platform = 'linux/arm64', target = 'worker' }: WorkerImageOptions = {}): WorkerImage {
  const recipe = readFileSync(join(root, dockerfile), 'utf8');
  const stated = { platform, target: stageOf(recipe, target), 'base image': baseImageOf(recipe) };
  // The builder reads these two even where they are not in its context.
  const paths = [dockerfile, ignoreFile, ...buildContextOf(root, allowListOf(readFileSync(join(root, ignoreFile), 'utf8')))];
  const files = paths.map((path) => ({ path, hash: hashOf(readFileSync(join(root, path))) }));
  const inputs = Object.entries(Object.groupBy(files, ({ path }) => inputOf(path))).map(([name, group]) => [name, tagOf(group)]);
  return { tag: tagOf({ stated, files }), inputs: { ...stated, ...Object.fromEntries(inputs) }, files: paths };
}

/** What stages begin with that is no other stage: the same for all. */
function baseImageOf(recipe: string): string {
  const stages = [...recipe.matchAll(/^FROM (?:--platform=\S+ )?(\S+) AS (\S+)$/gm)].map(([, from = '', name = '']) => ({ from, name }));
  const [base, ...others] = new Set(stages.flatMap(({ from }) => (stages.some(({ name }) => name === from) ? [] : [from])));
  if (!base || others.length > 0)
    throw new WorkerImageError(`${dockerfile} must begin with one base image, and names ${[base ?? 'none', ...others].join(', ')}.`);
  return base;
}

function stageOf(recipe: string, target: string): string {
  const stages = [...recipe.matchAll(/^FROM .+ AS (\S+)$/gm)].map(([, stage]) => stage);
  if (!stages.includes(target)) throw new WorkerImageError(`${dockerfile} has no stage '${target}', only: ${stages.join(', ')}.`);
  return target;
}

function inputOf(path: string): string {
  if (path.startsWith('packages/worker/src/prompt/')) return 'prompt';
  const [, name] = /^packages\/([^/]+)\/src\//.exec(path) ?? [];
  if (name) return `${name} sources`;
  if (path.startsWith('scripts/')) return 'bundler';
  if (/(?:^|\/)package\.json$|^pnpm-workspace\.yaml$/.test(path)) return 'package manifests';
  return { [dockerfile]: 'Dockerfile', [ignoreFile]: 'allow list', 'pnpm-lock.yaml': 'lock file' }[path] ?? path;
}

/** JSON keeps names and contents apart, so that no two sets of files are written alike. */
function tagOf(what: unknown): string {
  return hashOf(JSON.stringify(what)).slice(0, 12);
}

function hashOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

// For `scripts/build-worker-image`, for who applies a plan, and for people: node stacks/worker/worker-image.ts [platform [target [folder]]]
if (import.meta.main) {
  const [platform = 'linux/arm64', target = 'worker', folder = join(import.meta.dirname, '..', '..')] = process.argv.slice(2);
  process.stdout.write(`${workerImageOf(folder, { platform, target }).tag}\n`);
}
