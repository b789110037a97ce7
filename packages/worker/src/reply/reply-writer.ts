import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplyMark } from '@vera/slack/reply-mark';
import { SlackError } from '@vera/slack/slack-error';
import { cutMarkdown } from './cut-markdown.ts';
import type { FindParams } from './find-piece.ts';
import { toHarmlessMarkdown } from './harmless-markdown.ts';
import { closingOf, type MarkdownState, openingOf, stateOf } from './markdown-state.ts';
import { openPiece } from './open-piece.ts';
import type { Piece, Task } from './piece.ts';
import { safeEnd } from './safe-end.ts';

/** `chat.update` takes no more than 4,000 characters, and a message of this length reads well. */
const longestPiece = 3_900;
/** Slack ends a stream after about 300 s, however busy. */
const streamLifetime = 240_000;
/** Slack asks for about a call a second on streams, and three seconds between updates. */
const rateLimitPause = 2_000;
const pause = { stream: 1_000, post: 3_000 } as const;

export interface ReplyWriterParams extends FindParams {
  /** Marks every message, with the number of the piece. */
  readonly mark: Pick<ReplyMark, 'question' | 'leg'>;
  /** Called with the `ts` of every message before more is written to it; may reject to end the writing. */
  readonly onOpen: (ts: string, kind: Piece['kind']) => Promise<void>;
  /** A message posted in place of a status, which the answer takes over. */
  readonly placeholder: () => Promise<string | undefined>;
}

export interface ReplyEnding {
  /** Undefined: the answer goes on when a person has decided something. */
  readonly outcome: ReplyMark['outcome'];
  /** Said below the answer: why there is none, why it ends here, or what it waits for. */
  readonly words: string;
  /** Blocks under the last message. */
  readonly blocks: readonly Record<string, unknown>[];
}

/** How an answer arrived: in how many messages, and whether the last one also ended the "processing" state of the session. */
export interface Delivered {
  readonly pieces: number;
  readonly endsSession: boolean;
}

/**
 * Writes one answer into a thread: streamed while Slack lets it, in as many messages as it takes, each shown text shown
 * once. What Slack did not take is kept and goes into the next message; the writing never fails half-way without a trace.
 */
export class ReplyWriter {
  private pending = '';
  private tasks = new Map<string, Task>();
  private piece: Piece | undefined;
  private pieces = 0;
  private carried: MarkdownState = {};
  private readonly known = new Set<string>();
  private working: Promise<void> | undefined;
  private failure: unknown;
  private notBefore = 0;
  private readonly hurry = new AbortController();
  private readonly stop = new AbortController();
  private readonly params: ReplyWriterParams;

  constructor(params: ReplyWriterParams) {
    this.params = params;
  }

  /** Aborts when the person stopped the stream in Slack. */
  get stopped(): AbortSignal {
    return this.stop.signal;
  }

  write(text: string): void {
    this.pending = toHarmlessMarkdown(this.pending + text);
    this.start();
  }

  showTask(task: Task): void {
    this.tasks.set(task.id, task);
    this.start();
  }

  /** Leaves the answer to somebody else: nothing more is shown. */
  abandon(): void {
    this.hurry.abort();
    this.pending = '';
  }

  /**
   * Shows all that is left (but for what nobody waits for after a stop), ends the last message, and tells how it was delivered.
   * Rejects with `SlackError` when Slack refuses for good.
   */
  async finish({ outcome, words, blocks }: ReplyEnding): Promise<Delivered> {
    this.hurry.abort();
    await this.working;
    if (this.failure !== undefined) throw this.failure;
    if (outcome === 'stopped') this.pending = '';
    if (words !== '') this.pending += this.below(toHarmlessMarkdown(words));
    while (this.shown.length + this.pending.length > longestPiece) await this.fillPiece(true);
    if (!this.piece) this.trimHead();
    if (outcome === undefined && !this.piece && this.pending.trim() === '') return { pieces: this.pieces, endsSession: false };
    const opened = this.opened(this.pending);
    const ending = {
      text: this.pending,
      blocks,
      mark: { ...this.params.mark, piece: Math.max(this.pieces, 1), ...(outcome ? { outcome } : {}) },
      tasks: [...this.tasks.values()],
    };
    this.pending = '';
    if (this.piece) {
      const shown = this.piece.text;
      if (await this.piece.close(ending)) return { pieces: this.pieces, endsSession: this.piece.endsSession };
      return this.finishAnew({ ...ending, text: shown + ending.text });
    }
    return this.finishAnew({ ...ending, text: opened });
  }

  private async finishAnew(ending: { text: string; blocks: readonly Record<string, unknown>[]; mark: ReplyMark }): Promise<Delivered> {
    this.piece = undefined;
    await this.open({ ...ending, mark: { ...ending.mark, piece: this.pieces + 1 } });
    return { pieces: this.pieces, endsSession: false };
  }

  private start(): void {
    if (this.working || this.failure !== undefined || this.hurry.signal.aborted) return;
    this.working = this.run()
      .catch((error: unknown) => {
        this.failure = error;
      })
      .finally(() => {
        this.working = undefined;
      });
  }

  private async run(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const wait = this.notBefore - this.params.now();
      if (wait > 0) await sleep(wait, undefined, { signal: this.hurry.signal }).catch(() => undefined);
      if (this.hurry.signal.aborted || !this.hasSomethingToShow()) return;
      await this.fillPiece(false);
    }
  }

  private hasSomethingToShow(): boolean {
    if (this.tasks.size > 0 && this.piece?.kind !== 'post') return true;
    const { shown } = this;
    return this.pending.trim() !== '' && safeEnd(shown + this.pending) > shown.length;
  }

  /** One step: opens a message or adds to the open one, and ends it when it is full or old. */
  private async fillPiece(isFinal: boolean): Promise<void> {
    if (this.piece?.kind === 'stream' && this.params.now() - this.piece.openedAt > streamLifetime) await this.endPiece('');
    if (!this.piece) this.trimHead();
    const { shown } = this;
    const all = shown + this.pending;
    const isFull = all.length + closingOf(all, stateOf(all)).length > longestPiece;
    const cut = isFull ? cutMarkdown(all, shown.length, longestPiece) : undefined;
    const end = cut?.end ?? Math.max(safeEnd(all), shown.length);
    if (!(await this.show(all.slice(shown.length, end), isFinal))) return;
    // More may have been written meanwhile.
    this.pending = this.pending.slice(end - shown.length);
    if (cut) await this.endPiece(cut.closing);
  }

  /** False when Slack did not take the text; it is still pending then. */
  private async show(text: string, isFinal: boolean): Promise<boolean> {
    const tasks = [...this.tasks.values()];
    if (text === '' && tasks.length === 0) return true;
    this.tasks.clear();
    if (!this.piece) {
      const mark = { ...this.params.mark, piece: this.pieces + 1 };
      await this.open({ text: this.opened(text), blocks: [], mark }, tasks, isFinal ? 'post' : 'stream');
      return true;
    }
    const result = await this.append(this.piece, text, tasks);
    this.notBefore = this.params.now() + pause[this.piece.kind];
    if (result === 'stopped') this.stop.abort();
    if (result === 'ended' || (result === 'stopped' && isFinal)) await this.leavePiece();
    if (result === 'later') await sleep(rateLimitPause);
    return result === 'shown';
  }

  private async append(piece: Piece, text: string, tasks: readonly Task[]): Promise<'shown' | 'ended' | 'stopped' | 'later'> {
    try {
      return await piece.append(text, tasks);
    } catch (error) {
      if (!(error instanceof SlackError) || error.kind === 'refused') throw error;
      for (const task of tasks) if (!this.tasks.has(task.id)) this.tasks.set(task.id, task);
      return 'later';
    }
  }

  private async open(first: Parameters<typeof openPiece>[1], tasks: readonly Task[] = [], kind: Piece['kind'] = 'post'): Promise<void> {
    const piece = await openPiece(this.params, first, { tasks, kind, known: this.known });
    this.known.add(piece.ts);
    this.piece = piece;
    this.pieces += 1;
    this.carried = {};
    this.notBefore = this.params.now() + pause[piece.kind];
    await this.params.onOpen(piece.ts, piece.kind);
  }

  /** Ends the message so that it renders by itself and the next one goes on as it did. */
  private async endPiece(closing: string): Promise<void> {
    const piece = this.piece;
    if (!piece) return;
    this.carried = stateOf(piece.text.endsWith('\n') ? piece.text : `${piece.text}\n`);
    this.piece = undefined;
    const text = closing === '' ? closingOf(piece.text, this.carried) : closing;
    const mark = { ...this.params.mark, piece: this.pieces };
    if (await piece.close({ text, blocks: [], mark })) return;
    this.pending = piece.text + this.pending;
    this.carried = {};
  }

  /** Slack ended the message: what it shows stays, made whole; the rest goes into another. */
  private async leavePiece(): Promise<void> {
    const piece = this.piece;
    if (piece && piece.text === '')
      await this.params.call('chat.delete', { channel: this.params.target.channel, ts: piece.ts }).catch(() => undefined);
    else await this.endPiece('');
    this.piece = undefined;
  }

  /** `words` as a paragraph of their own. */
  private below(words: string): string {
    const all = this.shown + this.pending;
    return all.trim() === '' ? words : `${closingOf(all, stateOf(`${all}\n`))}\n\n${words}`;
  }

  /** A message does not begin with blank lines; where they stood, a table had ended. */
  private trimHead(): void {
    const [blank] = (this.carried.fence ? null : /^\s*\n/.exec(this.pending)) ?? [];
    if (blank === undefined) return;
    this.pending = this.pending.slice(blank.length);
    this.carried = {};
  }

  /** What the message under way, or the next, shows before more is written to it. */
  private get shown(): string {
    return this.piece?.text ?? this.opened('');
  }

  private opened(text: string): string {
    return openingOf(this.carried, this.pending) + text;
  }
}
