import { columns } from '../cost/columns.ts';
import type { RuntimeVersion } from './runtime-versions.ts';

export interface RollbackParams {
  readonly versions: readonly RuntimeVersion[];
  /** What the endpoint serves now. */
  readonly served: number;
  /** The settings' file, as `VERA_ENVIRONMENT` has it. */
  readonly environment: string;
  /** The one that is wanted; none: what there is. */
  readonly wanted?: number | undefined;
}

export interface Rollback {
  readonly words: string;
  /** What is wanted can be had. */
  readonly isPossible: boolean;
}

/** As docs/deploy.md has it, "Going back". */
const staying = [
  'receiver, invoker, sweeper and auth portal: for them deploy the earlier commit',
  'what the worker’s role may do: it is that of today',
  'tables and their records, memory, people’s accounts',
  'the secret’s values, the gateway’s targets, alarms, the Slack app',
];

/** Says what there is to go back to, or what to do for it; changes nothing: what runs is what the settings say. */
export function tellRollback(params: RollbackParams): Rollback {
  const { versions, served, wanted } = params;
  if (wanted === undefined) return { words: `${list(versions, served)}\n\npnpm vera rollback VERSION says how.`, isPossible: true };
  const why = hindranceTo(wanted, params);
  if (why !== undefined) return { words: `Version ${wanted} cannot be gone back to: ${why}`, isPossible: false };
  const found = versions.find(({ version }) => version === wanted);
  const unsure =
    found?.hasImage === undefined ? [`Whether its image is there could not be looked at: ${found?.image ?? 'it names none'}.`] : [];
  return { words: [howTo(params, wanted), ...unsure].join('\n'), isPossible: true };
}

function howTo({ versions, served, environment }: RollbackParams, wanted: number): string {
  const isNewest = wanted === versions[0]?.version;
  const line = isNewest
    ? `take \`rollBackTo\` out of stacks/environments/${environment}.ts: ${wanted} is the newest`
    : `write \`rollBackTo: ${wanted},\` into stacks/environments/${environment}.ts, and take it out again to go on`;
  return `From version ${served} to ${wanted}, image, prompt, model, limits and variables with it:

  1. ${line}
  2. VERA_ENVIRONMENT=${environment} pnpm cdktf deploy worker   (two minutes; sessions that run end on the version they began with)
  3. pnpm vera check

What does not go back with it:
${staying.map((what) => `  - ${what}`).join('\n')}
`;
}

function hindranceTo(wanted: number, { versions, served }: RollbackParams): string | undefined {
  const found = versions.find(({ version }) => version === wanted);
  if (wanted === served) return 'it is what runs.';
  if (!found) return 'there is none of that number among the last ones.';
  if (found.status !== 'READY') return `it never came to run (${found.status}).`;
  if (found.hasImage === false) return `its image is not there any more: ${found.image}. Deploy the commit it was built of.`;
  return undefined;
}

function list(versions: readonly RuntimeVersion[], served: number): string {
  const rows = versions.map(({ version, at, status, image = '', hasImage, platform = '' }) => [
    `${version}${version === served ? ' runs' : ''}`,
    `${at.slice(0, 16).replace('T', ' ')} UTC`,
    platform,
    status === 'READY' ? imageWords(hasImage) : status,
    image.replace(/^.*\//, ''),
  ]);
  return columns([['version', 'made', 'on', 'image', ''], ...rows]);
}

function imageWords(hasImage: boolean | undefined): string {
  if (hasImage === undefined) return 'not seen';
  return hasImage ? 'there' : 'gone';
}
