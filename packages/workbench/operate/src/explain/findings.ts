import type { QuestionRecord } from '@vera/ledger/ledger';
import type { LogLine } from '../logs/read-log.ts';
import type { Known } from './known.ts';
import { type Fields, ms, reasonOf } from './moments.ts';

/** Something that went wrong or took long, with what helps. */
export interface Finding {
  readonly cause: string;
  /** None: it is no fault. */
  readonly remedy?: string | undefined;
}

/** What stood in its way, most telling first, each once. */
export function findingsOf({ record, lines }: Known): readonly Finding[] {
  const found = lines.flatMap((line) => troubleIn(line));
  const slow = slowOnes(lines);
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
    cause: `the guardrail stopped the ${on} (${[policies].flat().join(', ') || 'no policy told'})`,
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
    cause: `the run ended${reasonOf(entry)}`,
    remedy: 'pnpm vera logs --question ID --json has the whole error',
  }),
  'tool.called': (entry) => toolFinding(entry),
  'mcp.unavailable': (entry) => ({
    cause: `${entry.server} could not be reached (${entry.code}): its tools were missing`,
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
  'memory.not-recalled': ({ code }) => ({
    cause: `memory was not reached (${code}): it answered without`,
    remedy: 'pnpm vera doctor: memory',
  }),
  'lease.renew-failed': (entry) => ({
    cause: `the lease could not be renewed for a while${reasonOf(entry)}`,
    remedy: 'pnpm vera doctor: the ledger’s table; once is no fault',
  }),
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

function toolFinding(entry: Fields): Finding | undefined {
  if (entry.status === 'error')
    return {
      cause: `${entry.tool} failed (${entry.code}${reasonOf(entry)})`,
      remedy: 'pnpm vera tools opens each server; the words are that system’s own',
    };
  if (Array.isArray(entry.read) && entry.read.length === 0)
    return { cause: `${entry.tool} found nothing`, remedy: 'pnpm vera kb sync, or a document that says it' };
  return undefined;
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

/** So long is slow, and a half of all the time. */
const slowMilliseconds = 10_000;

function slowOnes(lines: readonly LogLine[]): Finding[] {
  return lines.flatMap(({ entry }) => {
    if (Number(entry?.milliseconds) < slowMilliseconds) return [];
    if (entry?.event === 'tool.called')
      return [
        {
          cause: `${entry.tool} was slow: ${ms(entry.milliseconds)}`,
          remedy: 'that system itself; limits.callSeconds of its entry in mcpServers bounds it',
        },
      ];
    if (entry?.event === 'model.called')
      return [
        {
          cause: `a model call was slow: ${ms(entry.milliseconds)}`,
          remedy: 'a long answer takes long; otherwise another model.id or profile',
        },
      ];
    return [];
  });
}

function lateFindings({ question, receivedAt }: QuestionRecord, lines: readonly LogLine[]): Finding[] {
  const delivered = question.shortcut === undefined ? receivedAt - Number(question.editedTs ?? question.messageTs) * 1_000 : 0;
  const recorded = lines.find(({ entry }) => entry?.event === 'question.recorded');
  const taken = lines.find(({ entry }) => entry?.event === 'question.accepted' || entry?.event === 'question.leased');
  const start = recorded && taken ? taken.at - recorded.at : 0;
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
