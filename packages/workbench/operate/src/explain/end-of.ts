import { type QuestionRecord, unaddressed } from '@vera/ledger/ledger';
import { failureOf } from './failures.ts';
import type { Finding } from './finding.ts';
import type { Known } from './known.ts';
import { type Fields, reasonOf } from './moments.ts';

/** An id of which the ledger knows nothing. */
export function isUnknown({ record, meant }: Pick<Known, 'record' | 'meant'>): boolean {
  return record === undefined && meant.kind === 'id';
}

/** What came of it, in a sentence. */
export function endOf(known: Known): Finding {
  const { record, lines, meant, isLocal, behind } = known;
  if (record) return endOfRecord(record, behind);
  if (meant.kind === 'last') return { cause: 'nobody has asked anything yet' };
  if (isUnknown(known))
    return {
      cause: 'no question of that id is in the ledger: it is older than 30 days, or of another deployment',
      remedy: isLocal ? '--data, where the system keeps its conversations elsewhere' : 'look at VERA_ENVIRONMENT, or --local',
    };
  return endWithoutRecord(lines.flatMap(({ entry }) => (entry ? [entry] : [])));
}

function endOfRecord(record: QuestionRecord, behind: string | undefined): Finding {
  const { state, reason, withdrawnAt, foldedInto, closedAt } = record;
  if (foldedInto !== undefined && closedAt !== undefined)
    return { cause: `it was taken into an earlier question (message ${foldedInto}), and answered with it` };
  if (withdrawnAt) return { cause: 'its message was deleted, so nothing was to be answered' };
  switch (state) {
    case 'answered':
      return reason === undefined ? { cause: 'it was answered' } : (quietEnds[reason] ?? failureOf(reason));
    case 'stopped':
      return quietEnds[reason ?? ''] ?? { cause: 'a person stopped it' };
    case 'waiting':
      return waitingFor(record);
    case 'received':
      if (behind === undefined) return { cause: 'no worker has it yet', remedy: 'pnpm vera questions open; the sweeper sends it again' };
      return {
        cause:
          foldedInto === undefined
            ? `its thread answers ${behind} first`
            : `it is answered with ${behind}, an earlier question of its thread`,
        remedy: `pnpm vera explain ${behind} says what that one waits for`,
      };
    case 'running':
      return { cause: 'a worker is at it', remedy: 'nothing yet; pnpm vera logs --follow shows it' };
    case 'refused':
    case 'failed':
      return failureOf(reason ?? 'unexpected');
  }
}

/** For whom it waits, until when, and what happens then. */
function waitingFor({ question, waitsFor, changes, dueAt }: QuestionRecord): Finding {
  const then = dueAt === undefined ? '' : `; at ${new Date(dueAt).toISOString().slice(11, 16)} UTC it goes on without`;
  if (waitsFor?.kind === 'account')
    return {
      cause: `it waits until ${question.userId}, who asked, has connected ${waitsFor.provider}`,
      remedy: `they do, by the private link they were sent${then}`,
    };
  const { approvers = [] } = Object.values(changes).find((change) => change.state === 'proposed') ?? {};
  return {
    cause: `it waits for a yes or a no under its card${approvers.length === 0 ? '' : `, by ${approvers.join(' or ')}`}`,
    remedy: `they decide there${then}, and changes nothing`,
  };
}

/** Closed without an answer, or with one that no model gave, and no fault. */
const quietEnds: Readonly<Record<string, Finding>> = {
  'found-complete': { cause: 'it was answered; its worker was cut off right behind that' },
  [unaddressed.silent]: { cause: 'it was for somebody else, so Vera said nothing', remedy: 'name the app in the message' },
  [unaddressed.hinted]: { cause: 'it was for somebody else, as far as one can see; who wrote it was told how to go on' },
  [unaddressed.thanks]: { cause: 'it gave thanks, and asked nothing' },
  [unaddressed.stop]: { cause: 'it was a stop, and nothing was left to stop' },
  'asked-nothing': { cause: 'it named Vera and asked nothing; who wrote it was told how to ask' },
  'asked-twice': { cause: 'it was asked twice by the menu of a message; the first one is answered' },
  'not-a-member': { cause: 'Vera is not in that channel, and who asked was told so', remedy: '/invite the app there, and ask again' },
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
