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
  return `${userId} asked in ${channelId}${files.length > 0 ? `, with ${counted(files.length, 'file')}` : ''}`;
}

function wordsOf(entry: Fields): string | undefined {
  const { event } = entry;
  return typeof event === 'string' && Object.hasOwn(told, event) ? told[event]?.(entry) : undefined;
}

/** Each event of the road, in words; what is not here is told by its name where it went wrong, and left out otherwise. */
const told: Readonly<Record<string, (entry: Fields) => string>> = {
  'question.recorded': () => 'recorded in the ledger',
  // Slack tells of a mention as such and as a message, at once; and repeats what it has no answer to.
  'question.duplicate': () => 'came once more, as a mention or repeated; it is the same question',
  'question.forwarded': () => 'handed to the invoker',
  'question.edited': () => 'its message was edited',
  'question.withdrawn': () => 'its message was deleted',
  'question.retried': () => 'somebody pressed "Try again"',
  'question.invoked': ({ milliseconds }) => `the session was called, which took ${ms(milliseconds)}`,
  'question.accepted': ({ lease }) => acceptedWords(String(lease)),
  'question.leased': ({ attempt, after }) => `attempt ${attempt} began${after === undefined ? '' : `; the one before ended: ${after}`}`,
  'question.waiting': () => 'waits until an earlier question of its thread is answered',
  'question.queued': () => 'waits: the worker has as many questions as it takes at once',
  'question.resent': ({ why }) => (why === 'waited-its-turn' ? 'sent again, as its turn may have come' : `sent again: ${why}`),
  'question.woken': () => 'goes on: nobody decided in time',
  'question.let-go': ({ waitsFor }) => `let go, until there is ${waitsFor === 'account' ? 'an account' : 'a decision'}`,
  'question.released': ({ why }) => `given back: ${why}`,
  'question.steered': ({ by }) => `took in ${by === 'edit' ? 'an edit' : 'a later message'} of the asker`,
  'thread.read': ({ messages, pages, milliseconds }) =>
    `read the thread: ${counted(messages, 'message')}, ${counted(pages, 'call')} of Slack, ${ms(milliseconds)}`,
  'memory.recalled': ({ facts, standing }) => `remembered ${counted(facts, 'fact')} and ${counted(standing, 'standing request')}`,
  'memory.noted': () => 'noted for memory',
  'mcp.opened': ({ server, milliseconds }) => `opened ${server}, ${ms(milliseconds)}`,
  'model.called': (entry) =>
    `model: ${tokensOf(entry)}, ${Number.isFinite(entry.firstTokenMilliseconds) ? `first word after ${ms(entry.firstTokenMilliseconds)}, ` : ''}${ms(entry.milliseconds)} in all`,
  'model.retried': ({ code, attempt }) => `model called again (${code}), attempt ${attempt}`,
  'tool.called': (entry) =>
    `${entry.status === 'error' ? toolFailed(entry) : `${entry.tool}${readWords(entry)}`}, ${ms(entry.milliseconds)}`,
  'helper.ended': ({ helper, end }) => `helper ${helper}: ${end}`,
  'reply.started': ({ how }) => `the answer began to stand in the thread (${how})`,
  'reply.finished': ({ pieces, sources }) =>
    `the answer is whole: ${counted(pieces, 'message')}${Number(sources) > 0 ? `, ${counted(sources, 'source')} under it` : ''}`,
  'reply.taken-back': ({ messages }) => `took back what an earlier attempt had posted: ${counted(messages, 'message')}`,
  'change.proposed': ({ tool, change }) => `proposed a change by ${tool} (${change}): a card asks`,
  'change.decided': ({ verdict }) => `a person decided: ${verdict}`,
  'change.done': ({ milliseconds }) => `the change is done, ${ms(milliseconds)}`,
  'stop.requested': () => 'somebody asked to stop it',
  'budget.near': ({ of, percent }) => `${percent} % of the budget of the ${of} for today is used`,
  'question.spent': ({ calls, tokens, dollars, isAtMost }) =>
    `came to ${cameTo({ calls: Number(calls), tokens: Number(tokens), dollars: Number(dollars ?? 0), isAtMost: isAtMost === true })}`,
  'question.answered': ({ milliseconds }) => `answered, ${ms(milliseconds)} after it was asked`,
  'question.blocked': ({ on }) => `the guardrail stopped the ${on}`,
  'question.invoke-failed': (entry) => `the session could not be called${reasonOf(entry)}`,
  'question.record-failed': (entry) => `the ledger did not take it${reasonOf(entry)}`,
  'question.forward-failed': (entry) => `could not be handed to the invoker${reasonOf(entry)}`,
  'knowledge.failed': (entry) => `${entry.base} could not be searched${reasonOf(entry)}`,
  'thread.unreadable': (entry) => `the thread could not be read${reasonOf(entry)}`,
  'reply.undeliverable': (entry) => `Slack did not take the answer${reasonOf(entry)}`,
  'mcp.not-opened': ({ server, code }) => `${server} did not open: ${code}`,
  'slack.waited': ({ method, why, milliseconds }) => `Slack: ${method} again after ${ms(milliseconds)} (${why})`,
  'question.not-yet': ({ reason }) => `there is no room for its session yet: ${reason}`,
  'question.lease-lost': () => 'let go of it: another worker has it by now',
  'question.interrupted': (entry) => `broke off${reasonOf(entry)}`,
  'lease.ran-out': () => 'let go of it: it could not be sure to have it any more',
  'agent.failed': (entry) => `the run of the model ended${reasonOf(entry)}`,
  'mcp.unavailable': (entry) => `${entry.server} could not be used (${entry.code})`,
  'memory.not-recalled': ({ code }) => `remembered nothing: ${code}`,
  'memory.refused': ({ code }) => `remembered nothing, or a part: ${code}`,
  'memory.not-noted': ({ code }) => `could not be noted for memory: ${code}`,
  'change.failed': (entry) => `the change was not made${reasonOf(entry)}`,
  'change.expired': ({ tool }) => `nobody decided in time about the change by ${tool}`,
  'trace.not-sent': (entry) => `its trace was not sent${reasonOf(entry)}`,
  'library.line': ({ message }) => `a library said: ${String(message).slice(0, 200)}`,
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

/** `at most 2 model calls, 300 tokens, $0.0100`. */
export function cameTo({ calls, tokens, dollars, isAtMost }: Costs): string {
  if (calls === 0) return 'no model call';
  return `${isAtMost ? 'at most ' : ''}${counted(calls, 'model call')}, ${counted(tokens, 'token')}, $${dollars.toFixed(4)}`;
}

interface Costs {
  readonly calls: number;
  readonly tokens: number;
  readonly dollars: number;
  /** What some call came to is not known. */
  readonly isAtMost: boolean;
}

function counted(count: unknown, word: string): string {
  return `${count} ${word}${Number(count) === 1 ? '' : 's'}`;
}

function acceptedWords(lease: string): string {
  if (lease === 'leased') return 'a worker has it';
  if (lease === 'behind') return 'a worker has it; an earlier question of its thread comes first';
  return lease === 'closed' ? 'a worker looked at it: it was over already' : `a worker looked at it: ${lease}`;
}

/** `search failed: timed-out`; its words begin with the code where they are another system's. */
export function toolFailed({ tool, code, why }: Fields): string {
  const words = typeof why === 'string' && why !== '' ? why : undefined;
  const told = code === 'tool' || words?.startsWith(`${code}:`) ? words : [code, words].filter((part) => part !== undefined).join(': ');
  return `${tool} failed${told === undefined ? ' without a word: perhaps there is no such tool' : reasonOf({ why: told })}`;
}

/** What an entry says of why, in one line: a vendor's message comes redacted and cut from the log. */
export function reasonOf({ why, reason, code, error }: Fields): string {
  const said = why || (reason ?? saidBy(error) ?? code);
  return said === undefined || said === '' ? '' : `: ${String(said).replaceAll(/\s+/g, ' ').slice(0, 200)}`;
}

/** What began it says most: `ThrottlingException: Too many tokens`. */
function saidBy(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { name, message, cause, code } = error as Fields;
  if (typeof cause === 'object' && cause !== null && (cause as Fields).message !== undefined) return saidBy(cause);
  const isNamed = typeof name === 'string' && name !== 'Error';
  if (isNamed) return `${name}: ${message}`;
  return typeof code === 'string' && /^E[A-Z_]+$/.test(code) && !String(message).includes(code) ? `${message} (${code})` : message;
}
