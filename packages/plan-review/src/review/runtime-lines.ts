import { entriesOf, memberOf, textOf } from '../json/json.ts';
import type { Plan, ResourceChange } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { runtimeType, templateIn } from '../plan/template-in.ts';
import { valueAt } from '../secrets/masked-value.ts';
import { code } from '../words/markdown.ts';
import { resourceWords } from '../words/resource-words.ts';

/** What a change of an AgentCore runtime means for whoever uses and pays it, a sentence each. */
export function runtimeLines(plan: Plan, references: References): string[] {
  const managed = plan.changes.filter(({ mode, isDeposed }) => mode === 'managed' && !isDeposed);
  const images = managed.filter(isMadeOfImage);
  const hasNext = images.length > 0 || managed.some((change) => platformIn(change, 'after', references) !== undefined);
  const ofImages = images.map((change) => `${resourceWords(change)} is made of a container image: ${lambdaFacts(change)}`);
  const ofRuntimes = managed.flatMap((change) => {
    const [before, after] = (['before', 'after'] as const).map((side) => platformIn(change, side, references));
    const isRuntime = before !== undefined || change.type === 'aws_bedrockagentcore_agent_runtime';
    return [
      ...platformLines(change.action === 'replace' ? undefined : before, after),
      ...(isRuntime ? endLines(change, hasNext, before !== undefined && after === undefined) : []),
    ];
  });
  return [...ofRuntimes, ...endpointLines(managed, references), ...ofImages];
}

/** An endpoint at a version that the code names: it goes there, back as a rule, or stays there whatever else is deployed. */
function endpointLines(managed: readonly ResourceChange[], references: References): string[] {
  const isChanging = managed.some((change) => change.action === 'update' && platformIn(change, 'before', references) !== undefined);
  return managed.flatMap(({ type, action, before, after }) => {
    const [old, next] = [before, after].map((side) => valueAt(side, 'agent_runtime_version'));
    if (type !== 'aws_bedrockagentcore_agent_runtime_endpoint' || typeof old !== 'string' || typeof next !== 'string') return [];
    if (action === 'update' && Number(next) < Number(old))
      return [
        `The endpoint goes back from version ${code(old)} of the runtime to ${code(next)}: with it the image, variables, network and platform of that version. Functions, the rights of roles, tables, memory and secrets stay as they are.`,
      ];
    return action === 'no-op' && isChanging
      ? [`The runtime gets a new version, and the endpoint stays at ${code(next)}: nobody reaches the new one.`]
      : [];
  });
}

/** As a runtime is; code in an archive answers what called it, and has no such work. */
function isMadeOfImage({ type, action, after }: ResourceChange): boolean {
  return type === 'aws_lambda_function' && action === 'create' && valueAt(after, 'package_type') === 'Image';
}

/** In us-east-1 on arm64, AWS's pricing page, November 2026. */
function lambdaFacts({ after }: ResourceChange): string {
  const [seconds, megabytes] = ['timeout', 'memory_size'].map((name) => valueAt(after, name));
  const limit =
    typeof seconds === 'number' ? `what it has in hand ends after ${seconds} seconds` : 'what it has in hand ends after 3 seconds';
  const memory = typeof megabytes === 'number' ? ` on its ${megabytes} MB` : '';
  return `${limit}. A GB-second costs $0.0000133334${memory}, used or not, while it works, and nothing in between.`;
}

interface Platform {
  /** Undefined where it is left to AWS. */
  readonly version: string | undefined;
}

function platformIn(change: ResourceChange, side: 'before' | 'after', references: References): Platform | undefined {
  const template = templateIn(change, side, references);
  const [, runtime] = entriesOf(memberOf(template, 'Resources')).find(([, one]) => memberOf(one, 'Type') === runtimeType) ?? [];
  return runtime === undefined ? undefined : { version: textOf(memberOf(runtime, 'Properties', 'PlatformVersion')) };
}

function platformLines(before: Platform | undefined, after: Platform | undefined): string[] {
  if (after === undefined || (before !== undefined && before.version === after.version)) return [];
  const [old, next] = [before, after].map((platform) => (platform?.version === undefined ? undefined : platforms[platform.version]));
  const name = after.version === undefined ? 'one that AWS chooses' : code(after.version);
  const moved =
    before === undefined ? `on platform ${name}` : `moves from platform ${code(before.version ?? 'of AWS’s choice')} to ${name}`;
  if (!next) return [`The AgentCore runtime ${before ? moved : `is made ${moved}`}, which this review knows nothing of.`];
  const instead = (price: string, earlier: string | undefined) => (earlier === undefined ? price : `${price} instead of ${earlier}`);
  const costs = `A vCPU-hour costs ${instead(next.cpu, old?.cpu)}, a GB-hour ${instead(next.memory, old?.memory)} (AWS’s prices, October 2026)`;
  return [`The AgentCore runtime ${before ? moved : `is made ${moved}`}: ${next.does}. ${costs}; ${next.bills}.`];
}

interface PlatformFacts {
  readonly does: string;
  readonly bills: string;
  /** In us-east-1, as quoted of AWS's pricing page between 29 September and 11 October 2026. */
  readonly cpu: string;
  readonly memory: string;
}

const platforms: Readonly<Record<string, PlatformFacts>> = {
  V1: {
    does: 'each session starts a process of its own',
    bills: 'memory is billed at the session’s peak until it ends',
    cpu: '$0.0895',
    memory: '$0.00945',
  },
  V2: {
    does: 'sessions start from a snapshot of the process that is taken once a version, in about half the time',
    bills: 'memory is billed as it is used, and given back when idle',
    cpu: '$0.1276',
    memory: '$0.0169',
  },
};

function endLines(change: ResourceChange, hasNext: boolean, hasLeft: boolean): string[] {
  if (change.action !== 'delete' && change.action !== 'replace' && !(hasLeft && change.action === 'update')) return [];
  const next = 'Another takes its place: what is asked meanwhile waits until every later stack is deployed as well, and is answered then.';
  return [`${resourceWords(change)} goes, and the sessions on it end.${hasNext ? ` ${next}` : ''}`];
}
