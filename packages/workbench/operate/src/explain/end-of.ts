import type { QuestionRecord } from '@vera/ledger/ledger';
import type { Finding } from './findings.ts';
import type { Known } from './known.ts';
import { type Fields, reasonOf } from './moments.ts';

/** What came of it, in a sentence. */
export function endOf({ record, lines, meant }: Known): Finding {
  if (record) return endOfRecord(record);
  if (meant.kind === 'last') return { cause: 'nobody has asked anything yet' };
  if (meant.kind === 'id')
    return {
      cause: 'no question of that id is in the ledger: it is older than 30 days, or of another deployment',
      remedy: 'look at VERA_ENVIRONMENT, or --local',
    };
  return endWithoutRecord(lines.flatMap(({ entry }) => (entry ? [entry] : [])));
}

function endOfRecord({ state, reason = 'unexpected', waitsFor, withdrawnAt, foldedInto, closedAt }: QuestionRecord): Finding {
  if (foldedInto !== undefined && closedAt !== undefined)
    return { cause: `it was taken into an earlier question (message ${foldedInto}), and answered with it` };
  if (withdrawnAt) return { cause: 'its message was deleted, so nothing was to be answered' };
  switch (state) {
    case 'answered':
      return { cause: 'it was answered' };
    case 'stopped':
      return { cause: 'a person stopped it' };
    case 'waiting':
      return waitsFor?.kind === 'account'
        ? { cause: `it waits until who asked has connected ${waitsFor.provider}`, remedy: 'nothing yet: it goes on without at its time' }
        : { cause: 'it waits for a yes or a no under its card', remedy: 'nothing yet: it goes on without at its time' };
    case 'received':
      return { cause: 'no worker has it yet', remedy: 'pnpm vera questions open; the sweeper sends it again' };
    case 'running':
      return { cause: 'a worker is at it', remedy: 'nothing yet; pnpm vera logs --follow shows it' };
    case 'refused':
    case 'failed':
      return Object.hasOwn(failures, reason)
        ? (failures[reason] as Finding)
        : { cause: `it failed: ${reason}`, remedy: 'see the lines in red below' };
  }
}

/** By the category that the person was told of, and those of the sweeper. */
const failures: Readonly<Record<string, Finding>> = {
  throttled: {
    cause: 'the model had more requests than it takes',
    remedy: 'ask again; if it happens often, raise the quota of the model in Service Quotas, or set another model.id',
  },
  'too-large': {
    cause: 'the thread and its files were more than the model reads at once',
    remedy: 'ask in a new thread, or with smaller files',
  },
  'timed-out': { cause: 'it was not finished within limits.seconds', remedy: 'ask for a smaller part, or raise limits.seconds' },
  'not-permitted': {
    cause: 'the worker may not use the model',
    remedy: 'open access to model.id in Bedrock of that region; pnpm vera doctor says which',
  },
  unavailable: {
    cause: 'a service that Vera depends on was not available',
    remedy: 'ask again; the lines below say which, and health.aws.amazon.com whether it still is not',
  },
  blocked: { cause: 'the guardrail stopped it', remedy: 'word it differently, or change the guardrail' },
  empty: { cause: 'the model gave no answer', remedy: 'ask again in other words' },
  'too-many-steps': {
    cause: 'it took more model calls, tokens or tools than limits of the settings allow',
    remedy: 'ask for a smaller part, or raise limits',
  },
  'over-budget': { cause: 'a budget for the day was used up', remedy: 'wait until midnight UTC, or raise budgets of the settings' },
  'budget-unchecked': { cause: 'the budgets could not be read or written', remedy: 'pnpm vera doctor: the ledger’s table' },
  cut: { cause: 'the answer reached its greatest length', remedy: 'write "go on" in the thread' },
  'broken-off': { cause: 'the model broke off in the middle', remedy: 'ask again' },
  unexpected: {
    cause: 'something failed that nobody foresaw',
    remedy: 'the line agent.failed has the error: pnpm vera logs --question ID --json',
  },
  lost: {
    cause: 'every attempt broke off, and the person was told that it was lost',
    remedy: 'pnpm vera logs --question ID --json shows how the workers ended; pnpm vera questions retry ID',
  },
};

/** Of a message that became no question. */
function endWithoutRecord(entries: readonly Fields[]): Finding {
  const of = (event: string) => entries.find((entry) => entry.event === event);
  const failed = of('question.record-failed');
  if (failed)
    return {
      cause: `the ledger did not take it${reasonOf(failed)}; Slack delivers it up to three times more`,
      remedy: 'pnpm vera doctor: the ledger’s table and the receiver’s rights',
    };
  const refused = of('request.refused');
  if (refused?.status === 401)
    return {
      cause: 'the receiver refused it: Slack’s signature was missing or wrong, or the clocks are more than five minutes apart',
      remedy: 'pnpm vera secrets SLACK_SIGNING_SECRET, with the signing secret of this app',
    };
  if (refused)
    return {
      cause: `the receiver refused it${reasonOf(refused)}`,
      remedy: 'pnpm slack-manifest, and update the app: it sends what Vera does not know',
    };
  const ignored = of('event.ignored');
  if (ignored)
    return { cause: `Slack delivered it, and it was no question${reasonOf(ignored)}`, remedy: ignoredRemedy(String(ignored.reason)) };
  return {
    cause: 'Slack has not delivered it to this receiver, or its log does not reach back so far',
    remedy:
      'is the app in that channel (/invite)? Are its events subscribed (pnpm slack-manifest --receiver-url …)? pnpm vera check; Slack shows failed deliveries at api.slack.com/apps → Event Subscriptions',
  };
}

function ignoredRemedy(reason: string): string | undefined {
  if (/not addressed|not named|somebody else/.test(reason)) return 'name the app in the message, or set followUps in the settings';
  if (/bot|own message/.test(reason)) return 'messages of bots are no questions unless allowedBotIds of the settings names them';
  return undefined;
}
