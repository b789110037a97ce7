import type { QuestionRecord, Step } from '@vera/ledger/ledger';
import type { ChangeState } from '@vera/protocol/change';
import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';

/** How an answer came about, for who asked, in Slack's mark-up. Of others' questions only whose they are. */
export function explainWords(record: QuestionRecord | undefined, userId: string): string {
  if (!record) return 'I have no question on record for this message: it is none of mine, or older than 30 days.';
  const { question } = record;
  if (question.userId !== userId)
    return `Only who asked can see how an answer came about. This was asked by <@${question.userId}>: ask them.`;
  return ['*How this came about*', ...linesOf(record).map((line) => `• ${line}`), `_Question ${question.id}_`].join('\n');
}

function linesOf(record: QuestionRecord): string[] {
  return [endOf(record), ...triesOf(record), ...lookedAt(record), ...changesOf(record), costOf(record)];
}

function endOf({ state, receivedAt, closedAt, startedAt, reason, withdrawnAt, leg }: QuestionRecord): string {
  const took = closedAt === undefined ? '' : ` after ${spanOf(closedAt - receivedAt)}`;
  // Behind a rest it tells only of when it went on.
  const began =
    leg > 0 || startedAt === undefined || startedAt - receivedAt < slowToBegin ? '' : `; I began after ${spanOf(startedAt - receivedAt)}`;
  if (withdrawnAt !== undefined) return 'Its message was deleted, so I said nothing more.';
  switch (state) {
    case 'answered':
      return `It was answered${took}${began}.${reason === 'cut' ? ' The answer reached its greatest length: write “go on” for the rest.' : ''}`;
    case 'stopped':
      return `It was stopped${took}.`;
    case 'refused':
      return `It ended${took} because a budget for the day was used up.`;
    case 'failed':
      return `It failed${took}${began}; why, I said in the thread.`;
    case 'waiting':
      return 'It waits for a person: a yes or a no, or an account.';
    case 'received':
    case 'running':
      return 'It is not over yet.';
  }
}

/** So long nobody wonders. */
const slowToBegin = 3_000;

function triesOf({ attempts, leg, brokeOff }: QuestionRecord): string[] {
  const again = attempts > 1 ? [`I began ${attempts} times${brokeOff === undefined ? '' : ', as an earlier try broke off'}.`] : [];
  return [...again, ...(leg > 0 ? ['Part of that time it waited for a person.'] : [])];
}

function lookedAt({ steps = [], state }: QuestionRecord): string[] {
  if (steps.length > 0) return [`I used: ${inAll(steps).map(stepWords).join('; ')}.`];
  return state === 'answered' ? ['I looked at nothing but this thread, and what I remember.'] : [];
}

/** Each once, whatever turns and tries it was used in. */
function inAll(steps: readonly Step[]): readonly Step[] {
  const byName = new Map<string, Step>();
  for (const step of steps) {
    const { times, failed, milliseconds } = byName.get(step.what) ?? { times: 0, failed: 0, milliseconds: 0 };
    const sum = { times: times + step.times, failed: failed + step.failed, milliseconds: milliseconds + step.milliseconds };
    byName.set(step.what, { what: step.what, ...sum });
  }
  return [...byName.values()];
}

function stepWords({ what, times, failed, milliseconds }: Step): string {
  const often = times === 1 ? 'once' : `${times} times`;
  const ill = failed === 0 ? '' : `, ${failed === times ? 'in vain' : `${failed} of them in vain`}`;
  return `${escapeText(shorten(what, textLimits.quote))} (${often}${ill}, ${spanOf(milliseconds)})`;
}

function changesOf({ changes }: QuestionRecord): string[] {
  return Object.values(changes).map(({ title, state, decidedBy }) => {
    const whose = decidedBy === undefined ? '' : `, ${state === 'denied' ? 'by' : 'with the yes of'} <@${decidedBy}>`;
    return `“${escapeText(shorten(title, textLimits.quote))}”: ${changeWords[state]}${whose}.`;
  });
}

const changeWords: Readonly<Record<ChangeState, string>> = {
  proposed: 'waits for a yes or a no',
  approved: 'approved',
  denied: 'denied, so nothing was changed',
  expired: 'nobody decided in time, so nothing was changed',
  started: 'begun',
  done: 'done',
  failed: 'did not work',
  unknown: 'begun, and I did not learn how it ended',
};

function costOf({ calls = 0, tokens = 0, isAtMost }: QuestionRecord): string {
  if (calls === 0) return 'I did not ask the language model.';
  return `I asked the language model ${calls === 1 ? 'once' : `${calls} times`}: ${isAtMost ? 'at most ' : ''}${tokens.toLocaleString('en')} tokens.`;
}

/** `0.4 s`, `12 s`, `3 min`. */
function spanOf(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
