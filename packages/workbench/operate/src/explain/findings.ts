import type { QuestionRecord } from '@vera/ledger/ledger';
import { type Policy, policiesWords } from '@vera/worker/policy';
import type { LogLine } from '../logs/read-log.ts';
import { isKnownFailure } from './failures.ts';
import type { Finding } from './finding.ts';
import type { Known } from './known.ts';
import { type Fields, ms, reasonOf, toolFailed } from './moments.ts';

/** What stood in its way, most telling first, each once. */
export function findingsOf({ record, lines }: Pick<Known, 'record' | 'lines'>): readonly Finding[] {
  const found = lines.flatMap((line) => troubleIn(line));
  const slow = slowOnes({ record, lines });
  const late = record ? lateFindings(record, lines) : [];
  return [...new Map([...found, ...late, ...slow].map((finding) => [finding.cause, finding])).values()];
}

function troubleIn({ entry, message }: LogLine): readonly Finding[] {
  if (!entry)
    return /Task timed out/.test(message)
      ? [{ cause: 'a function took longer than Lambda lets it', remedy: 'raise its timeoutSeconds in the settings' }]
      : [];
  const event = String(entry.event);
  const finding = Object.hasOwn(troubles, event) ? troubles[event]?.(entry) : undefined;
  return finding ? [finding] : [];
}

const again = 'ask again';

const troubles: Readonly<Record<string, (entry: Fields) => Finding | undefined>> = {
  'question.leased': ({ attempt, after }) =>
    after === undefined
      ? undefined
      : { cause: `attempt ${attempt}: ${brokeOffWords(String(after))}`, remedy: brokeOffRemedy(String(after)) },
  'question.forward-failed': (entry) => ({
    cause: `the invoker could not be called${reasonOf(entry)}; the sweeper sent it later`,
    remedy: 'pnpm vera doctor: the invoker',
  }),
  'question.resent': ({ why }) =>
    why === 'reached-no-worker'
      ? { cause: 'it reached no worker at first; the sweeper sent it again', remedy: 'pnpm vera logs --question ID: what the invoker says' }
      : undefined,
  'question.waiting': () => ({
    cause: 'an earlier question of its thread had to be answered first',
    remedy: 'nothing: a thread is answered in its order; another thread does not wait',
  }),
  'question.queued': () => ({
    cause: 'its worker had as many questions as it takes at once',
    remedy: 'budgets.questionsAtOnce, or a smaller session.scope',
  }),
  'question.blocked': ({ on, policies }) => ({
    cause: `the guardrail stopped the ${on}, because of ${policiesWords([policies].flat() as Policy[])}`,
    remedy: 'change the guardrail, or word it differently',
  }),
  'budget.reached': ({ of, limit, most }) => ({
    cause: `the budget of the ${of} is used up: ${most} ${limit}`,
    remedy: 'budgets of the settings; it begins anew at midnight UTC',
  }),
  'budget.unchecked': (entry) => ({
    cause: `a budget could not be read or written${reasonOf(entry)}`,
    remedy: 'pnpm vera doctor: the ledger’s table',
  }),
  'model.retried': ({ code }) => ({
    cause: code === 'throttled' ? 'the model had too many requests, and was called again later' : `the model was called again: ${code}`,
    remedy: code === 'throttled' ? 'the quota of the model in Service Quotas, or another model.id' : again,
  }),
  'model.left-out': ({ words }) => ({
    cause: `something was left out of what the model read: ${words}`,
    remedy: 'a smaller or another file',
  }),
  'agent.failed': (entry) => ({
    cause: `the run of the model ended${reasonOf(entry)}`,
    // What helps of those that are known is said at its end.
    remedy:
      isKnownFailure(String(entry.code)) && entry.code !== 'unexpected'
        ? undefined
        : 'pnpm vera logs --question ID --json has the whole error',
  }),
  'question.interrupted': (entry) => ({
    cause: `an attempt broke off${reasonOf(entry)}`,
    remedy: 'the next attempt goes on; pnpm vera logs --question ID --json has the whole error',
  }),
  'question.invoke-failed': (entry) => ({
    cause: `the session could not be called${reasonOf(entry)}`,
    remedy: 'it is tried again; pnpm vera doctor: the session, and rights of the invoker',
  }),
  'question.not-yet': ({ reason }) =>
    /Quota|Throttl/.test(String(reason))
      ? {
          cause: `AgentCore had no room for its session at first (${reason})`,
          remedy: 'Service Quotas: active and new sessions of AgentCore; or a larger session.scope, which makes fewer',
        }
      : { cause: `its session was busy beginning or ending at first (${reason})`, remedy: 'nothing: the invoker tries on' },
  'lease.ran-out': () => ({
    cause: 'its worker could not reach the ledger for so long that it let go by itself',
    remedy: 'once is the platform’s; often: pnpm vera doctor: the ledger’s table',
  }),
  'tool.called': (entry) => toolFinding(entry),
  'mcp.unavailable': (entry) => ({
    cause: `${entry.server} could not be used (${entry.code}): its tools were missing`,
    remedy: mcpRemedy(String(entry.code)),
  }),
  'mcp.key-missing': ({ server, names }) => ({
    cause: `${server} has no key: ${[names].flat().join(', ')}`,
    remedy: `pnpm vera secrets ${[names].flat().join(' ')}`,
  }),
  'mcp.tool-left-out': ({ server, tool }) => ({
    cause: `${tool} of ${server} was left out: Bedrock does not take its input schema`,
    remedy: 'pnpm vera tools; whoever makes that server has to mend the schema',
  }),
  'knowledge.failed': (entry) => ({
    cause: `the knowledge base ${entry.base} gave nothing${reasonOf(entry)}`,
    remedy: 'pnpm vera doctor: knowledge bases',
  }),
  'thread.unreadable': (entry) => ({
    cause: `what was said above could not be read${reasonOf(entry)}`,
    remedy: 'the scopes of the app (channels:history, groups:history): pnpm slack-manifest, install it anew',
  }),
  'file.failed': (entry) => ({
    cause: `a file could not be fetched${reasonOf(entry)}`,
    remedy: 'the scope files:read of the app; a file of another workspace cannot be read',
  }),
  'memory.not-recalled': memoryFinding,
  'memory.refused': memoryFinding,
  'memory.not-noted': ({ code }) => ({
    cause: `what was said was not noted for memory (${code})`,
    remedy: 'pnpm vera doctor: memory',
  }),
  'lease.renew-failed': (entry) => ({
    cause: `the lease could not be renewed for a while${reasonOf(entry)}`,
    remedy: 'pnpm vera doctor: the ledger’s table; once is no fault',
  }),
  'slack.waited': ({ method, why, milliseconds }) =>
    why === 'ratelimited'
      ? {
          cause: `Slack took no more calls of ${method} for ${ms(milliseconds)}`,
          remedy: 'nothing, once; often: fewer questions at once in one channel, Slack counts by workspace and method',
        }
      : { cause: `Slack gave no answer to ${method}, which was called again`, remedy: 'nothing, once; status.slack.com' },
  'reply.undeliverable': (entry) => ({
    cause: `Slack did not take the answer${reasonOf(entry)}`,
    remedy: 'is the app still in the channel, and the channel not archived? Scope chat:write',
  }),
  'file.not-shared': (entry) => ({
    cause: `a file or picture could not be put into the thread${reasonOf(entry)}`,
    remedy: 'the scope files:write of the app',
  }),
  'change.unknown': () => ({
    cause: 'a change was begun, and nobody learnt how it ended',
    remedy: 'look into that system; Vera does not try it a second time',
  }),
  'change.failed': (entry) => ({ cause: `a change was not made${reasonOf(entry)}`, remedy: 'the other system’s own words say why' }),
  'change.expired': ({ tool }) => ({
    cause: `nobody decided in time about the change by ${tool}, so nothing was changed`,
    remedy: 'ask again, and decide under the card: it waits for 15 minutes',
  }),
  'change.decision-refused': ({ reason }) => ({
    cause: `a decision under the card did not count: ${reason}`,
    remedy: 'only approvers decide, in time, about what the card shows',
  }),
  'account.expired': ({ provider, reason }) => ({
    cause: `the asker’s account at ${provider} is not connected any more (${reason})`,
    remedy: 'they connect it again by the link that Vera sends',
  }),
  'account.refresh-failed': ({ provider, reason }) => ({
    cause: `the key of the asker’s account at ${provider} could not be renewed (${reason})`,
    remedy: 'ask again; else connect the account anew',
  }),
  'invocation.refused': () => ({
    cause: 'the worker did not know what the invoker sent',
    remedy: 'deploy worker and invoker of one version: pnpm cdktf deploy worker invoker',
  }),
  'question.unreadable': () => ({
    cause: 'a record or payload has a shape that this version does not know',
    remedy: 'deploy one version everywhere: pnpm cdktf deploy',
  }),
};

function memoryFinding({ code }: Fields): Finding {
  return { cause: `memory was not reached (${code}): it answered without, or with a part`, remedy: 'pnpm vera doctor: memory' };
}

function toolFinding(entry: Fields): Finding | undefined {
  if (entry.status === 'error') return { cause: toolFailed(entry), remedy: toolRemedy(String(entry.code)) };
  if (Array.isArray(entry.read) && entry.read.length === 0)
    return { cause: `${entry.tool} found nothing`, remedy: 'pnpm vera kb sync, or a document that says it' };
  return undefined;
}

/** `tool`: one of our own, or one that there is not. */
function toolRemedy(code: string): string {
  if (code === 'tool')
    return 'the model read why, and went on; often: it is given too little to use that tool, or the system behind it ails';
  if (code === 'refused' || code === 'unreadable') return 'the words are that system’s own; the model read them, and went on';
  return mcpRemedy(code);
}

function mcpRemedy(code: string): string {
  if (/refused|unauthor|forbidden|account/.test(code)) return 'its key, or the account, was refused: pnpm vera secrets';
  return 'pnpm vera tools shows whether it answers now; its address and network in mcpServers';
}

function brokeOffWords(after: string): string {
  switch (after) {
    case 'lease-ran-out':
      return 'the worker before died or was cut off, without a word; noticed as its lease ran out';
    case 'shutdown':
      return 'the worker before was told to end, and gave it back';
    case 'lease-lost':
      return 'the worker before could not hold its lease in the ledger';
    case 'timeout':
      return 'the worker before ran out of time';
    default:
      return `the one before ended with ${after}`;
  }
}

function brokeOffRemedy(after: string): string {
  if (after === 'lease-ran-out') return 'once is the platform’s; often: memory of the worker, pnpm vera logs of that time';
  if (after === 'shutdown') return 'nothing: a deployment or the end of a session';
  return 'pnpm vera logs --question ID --json has the error';
}

/** So long is slow, whatever else took how long; for a tool also this, where it is a good part of all the time. */
const slowMilliseconds = 10_000;
const slowTool = { milliseconds: 3_000, part: 1 / 3 };
/** Until a model says its first word. */
const slowToBegin = 5_000;

function slowOnes({ record, lines }: Pick<Known, 'record' | 'lines'>): Finding[] {
  const whole = record?.closedAt === undefined ? Number.POSITIVE_INFINITY : record.closedAt - record.receivedAt;
  return lines.flatMap(({ entry }) => {
    const [took, first] = [Number(entry?.milliseconds), Number(entry?.firstTokenMilliseconds)];
    const isSlowTool = took >= slowMilliseconds || (took >= slowTool.milliseconds && took >= whole * slowTool.part);
    if (entry?.event === 'tool.called' && isSlowTool)
      return [
        {
          cause: `${entry.tool} was slow: ${ms(took)}`,
          remedy: 'that system itself; timeouts.callSeconds of its entry in mcpServers bounds it',
        },
      ];
    if (entry?.event === 'model.called' && first >= slowToBegin)
      return [{ cause: `the model began to speak after ${ms(first)}`, remedy: 'another model.id, or its profile; health.aws.amazon.com' }];
    if (entry?.event === 'model.called' && took >= slowMilliseconds)
      return [{ cause: `a model call took ${ms(took)}`, remedy: 'a long answer takes long; otherwise another model.id' }];
    return [];
  });
}

function lateFindings({ question, receivedAt }: QuestionRecord, lines: readonly LogLine[]): Finding[] {
  const delivered = question.shortcut === undefined ? receivedAt - Number(question.editedTs ?? question.messageTs) * 1_000 : 0;
  const recorded = lines.find(({ entry }) => entry?.event === 'question.recorded');
  const taken = lines.find(({ entry }) => entry?.event === 'question.accepted' || entry?.event === 'question.leased');
  // What was lost on its way says nothing of how long a session takes.
  const isLost = lines.some(({ entry }) => entry?.event === 'question.resent' && entry.why === 'reached-no-worker');
  const start = recorded && taken && !isLost ? taken.at - recorded.at : 0;
  return [
    ...(delivered > slowMilliseconds
      ? [
          {
            cause: `Slack delivered it ${ms(delivered)} late`,
            remedy: 'an earlier delivery was answered with an error or too late: pnpm vera logs --level warn; status.slack.com',
          },
        ]
      : []),
    ...(start > slowMilliseconds
      ? [
          {
            cause: `its session took ${ms(start)} to begin`,
            remedy:
              'a new session starts for each thread: pnpm vera affinity says what sharing them would save; platform: v2 starts faster',
          },
        ]
      : []),
  ];
}
