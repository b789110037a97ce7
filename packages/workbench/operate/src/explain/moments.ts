import { spanWords } from '../questions/tell-question.ts';
import type { Known } from './known.ts';

/** What happened, when and where. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly component: string;
  readonly words: string;
  readonly isBad: boolean;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What came of a question, in the order of time. */
export function momentsOf({ record, lines }: Known): readonly Moment[] {
  const logged = lines.flatMap(({ at, component, entry, message }): Moment[] => {
    if (!entry)
      return /Task timed out|Runtime\.ExitError|signal: killed/.test(message)
        ? [{ at, component, words: message.trim(), isBad: true }]
        : [];
    const isBad = entry.level === 'warn' || entry.level === 'error';
    const words = wordsOf(entry) ?? (isBad ? `${entry.event}${reasonOf(entry)}` : undefined);
    return words === undefined ? [] : [{ at, component, words, isBad }];
  });
  const asked = record
    ? [{ at: Number(record.question.messageTs) * 1_000, component: 'Slack', words: askedWords(record.question), isBad: false }]
    : [];
  return [...asked, ...logged].sort((one, other) => one.at - other.at);
}

function askedWords({ userId, channelId, files }: NonNullable<Known['record']>['question']): string {
  return `${userId} asked in ${channelId}${files.length > 0 ? `, with ${files.length} ${files.length === 1 ? 'file' : 'files'}` : ''}`;
}

function wordsOf(entry: Fields): string | undefined {
  const { event } = entry;
  return typeof event === 'string' && Object.hasOwn(told, event) ? told[event]?.(entry) : undefined;
}

/** Each event of the road, in words; what is not here is told by its name where it went wrong, and left out otherwise. */
const told: Readonly<Record<string, (entry: Fields) => string>> = {
  'question.recorded': () => 'recorded in the ledger',
  'question.duplicate': () => 'Slack delivered it once more; it is the same question',
  'question.forwarded': () => 'handed to the invoker',
  'question.edited': () => 'its message was edited',
  'question.withdrawn': () => 'its message was deleted',
  'question.retried': () => 'somebody pressed "Try again"',
  'question.invoked': ({ milliseconds }) => `the session was called, which took ${ms(milliseconds)}`,
  'question.accepted': ({ lease }) => `a worker has it: ${lease}`,
  'question.leased': ({ attempt, after }) => `attempt ${attempt} began${after === undefined ? '' : `; the one before ended: ${after}`}`,
  'question.waiting': () => 'waits until an earlier question of its thread is answered',
  'question.queued': () => 'waits: the worker has as many questions as it takes at once',
  'question.resent': ({ why }) => `sent again: ${why}`,
  'question.woken': () => 'goes on: nobody decided in time',
  'question.let-go': ({ waitsFor }) => `let go, until there is ${waitsFor === 'account' ? 'an account' : 'a decision'}`,
  'question.released': ({ why }) => `given back: ${why}`,
  'question.steered': ({ by }) => `took in ${by === 'edit' ? 'an edit' : 'a later message'} of the asker`,
  'thread.read': ({ messages, pages, milliseconds }) =>
    `read the thread: ${messages} messages, ${pages} calls of Slack, ${ms(milliseconds)}`,
  'memory.recalled': ({ facts, standing }) => `remembered ${facts} facts and ${standing} standing requests`,
  'memory.noted': () => 'noted for memory',
  'mcp.opened': ({ server, milliseconds }) => `opened ${server}, ${ms(milliseconds)}`,
  'model.called': (entry) =>
    `model: ${tokensOf(entry)}, first word after ${ms(entry.firstTokenMilliseconds)}, ${ms(entry.milliseconds)} in all`,
  'model.retried': ({ code, attempt }) => `model called again (${code}), attempt ${attempt}`,
  'tool.called': (entry) =>
    `${entry.tool}${entry.status === 'error' ? ` failed (${entry.code}${reasonOf(entry)})` : readWords(entry)}, ${ms(entry.milliseconds)}`,
  'helper.ended': ({ helper, end }) => `helper ${helper}: ${end}`,
  'reply.started': ({ how }) => `the answer began to stand in the thread (${how})`,
  'reply.finished': ({ pieces }) => `the answer is whole: ${pieces} ${pieces === 1 ? 'message' : 'messages'}`,
  'reply.taken-back': ({ messages }) => `took back what an earlier attempt had posted: ${messages} messages`,
  'change.proposed': ({ tool, change }) => `proposed a change by ${tool} (${change}): a card asks`,
  'change.decided': ({ verdict }) => `a person decided: ${verdict}`,
  'change.done': ({ milliseconds }) => `the change is done, ${ms(milliseconds)}`,
  'stop.requested': () => 'somebody asked to stop it',
  'budget.near': ({ of, percent }) => `${percent} % of the budget of the ${of} for today is used`,
  'question.spent': ({ calls, tokens, dollars, isAtMost }) =>
    `came to ${isAtMost ? 'at most ' : ''}${calls} model calls, ${tokens} tokens${dollars === undefined ? '' : `, $${Number(dollars).toFixed(4)}`}`,
  'question.answered': ({ milliseconds }) => `answered, ${ms(milliseconds)} after it was asked`,
  'feedback.recorded': ({ rating }) => `rated ${rating}`,
  'event.ignored': ({ reason }) => `Slack delivered it; it is no question: ${reason}`,
};

/** `340 ms`, `2.4 s`, `3m`. */
export function ms(value: unknown): string {
  const milliseconds = Number(value);
  if (!Number.isFinite(milliseconds)) return 'an unknown time';
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 90_000 ? `${(milliseconds / 1_000).toFixed(1)} s` : spanWords(milliseconds / 1_000);
}

function tokensOf({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Fields): string {
  const read = [inputTokens, cacheReadTokens, cacheWriteTokens].reduce<number>((sum, count) => sum + (Number(count) || 0), 0);
  return `${read} tokens in${Number(cacheReadTokens) > 0 ? ` (${cacheReadTokens} from its cache)` : ''}, ${outputTokens} out`;
}

function readWords({ read }: Fields): string {
  if (!Array.isArray(read)) return ' came back';
  if (read.length === 0) return ' found nothing';
  return ` found: ${read.map((document: Fields) => String(document.title)).join(', ')}`;
}

/** What an entry says of why, in one line: a vendor's message comes redacted and cut from the log. */
export function reasonOf({ why, reason, code, error }: Fields): string {
  const said = why ?? reason ?? (typeof error === 'object' && error !== null ? (error as Fields).message : error) ?? code;
  return said === undefined || said === '' ? '' : `: ${String(said).replaceAll(/\s+/g, ' ').slice(0, 200)}`;
}
