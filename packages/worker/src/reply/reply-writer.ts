import type { ReplyMark } from '@vera/slack/reply-mark';
import { SlackError } from '@vera/slack/slack-error';
import { Backlog } from './backlog.ts';
import { type OpenParams, openPiece } from './open-piece.ts';
import type { Ending, Piece, Task } from './piece.ts';
import { UnshownText } from './unshown-text.ts';
import { WriteLoop } from './write-loop.ts';

/** Slack ends a stream after about 300 s, however busy. */
const streamLifetime = 240_000;
/** Slack asks for about a call a second on streams, and three seconds between updates. */
const rateLimitPause = 2_000;
const pause = { stream: 1_000, post: 3_000 } as const;

export interface ReplyWriterParams extends OpenParams {
  /** Marks every message, with the number of the piece. */
  readonly mark: Pick<ReplyMark, 'question' | 'leg'>;
  /** Called with the `ts` of every message before more is written to it; may reject to end the writing. */
  readonly onOpen: (ts: string, kind: Piece['kind']) => Promise<void>;
  /** Somebody stopped the stream in Slack: whether that ends the answer, or it goes on in another message. */
  readonly isStop: () => Promise<boolean>;
}

export interface ReplyEnding {
  /** Undefined: the answer goes on when a person has decided something. */
  readonly outcome: ReplyMark['outcome'];
  /** Said below the answer: why there is none, why it ends here, or what it waits for. */
  readonly words: string;
  /** Blocks under the last message. */
  readonly blocks: readonly Record<string, unknown>[];
  /** `keys` of the citations, for the turns after. */
  readonly cited?: readonly string[];
  /** `ts` of messages that later requests leave out. */
  readonly blocked?: readonly string[];
}

/** How an answer arrived: in how many messages, and whether the last one also ended the "processing" state of the session. */
export interface Delivered {
  readonly pieces: number;
  readonly endsSession: boolean;
}

/**
 * Writes one answer into a thread: streamed while Slack lets it, in as many messages as it takes. Its state is in three parts, and each
 * keeps a promise:
 * - *what* is left to show (`UnshownText`): nothing is lost, nothing is shown twice, every message renders by itself;
 * - *when* it is shown (`WriteLoop`): one call to Slack at a time, paced, none once the answer is ended or abandoned;
 * - *where* it is shown (here): at most one message is open; they are numbered from 1 without a gap; each is told to `onOpen` before more
 *   is written to it; what Slack did not take goes into the next one.
 * A failure is kept and comes out of `finish`: writing itself never throws.
 */
export class ReplyWriter {
  private text = new UnshownText();
  private readonly tasks = new Map<string, Task>();
  /** What comes behind these. */
  private readonly backlog = new Backlog();
  /** Ids of all steps so far. */
  private readonly steps = new Set<string>();
  /** Under way in the message that is open: none may end so, for Slack would show it at work for ever. */
  private readonly underWay = new Map<string, Task>();
  private readonly loop: WriteLoop;
  /** The message under way. */
  private piece: Piece | undefined;
  private pieces = 0;
  /** `ts` of all messages so far. */
  private readonly known = new Set<string>();
  private isStopped = false;
  private readonly first = Promise.withResolvers<void>();
  private readonly params: ReplyWriterParams;

  constructor(params: ReplyWriterParams) {
    this.params = params;
    const { now, pause: wait } = params;
    this.loop = new WriteLoop({ step: () => this.fillPiece(false), hasWork: () => this.hasWork(), now, pause: wait });
  }

  /** Settles once a message of the answer stands in the thread. */
  get begun(): Promise<void> {
    return this.first.promise;
  }

  write(text: string): void {
    if (this.backlog.isEmpty) this.text.add(text);
    else this.backlog.say(text);
    this.loop.wake();
  }

  /** A step stands where it is shown first; later its state changes there. */
  showTask(task: Task): void {
    const isFirst = !this.steps.has(task.id);
    this.steps.add(task.id);
    const waits = isFirst ? !(this.backlog.isEmpty && this.text.isBlank) : this.backlog.has(task.id);
    if (waits) this.backlog.put(task);
    else this.tasks.set(task.id, { ...this.tasks.get(task.id), ...task });
    this.loop.wake();
  }

  /** Leaves the answer to somebody else: nothing more is shown. */
  abandon(): void {
    this.loop.halt();
    this.dropText();
  }

  /** Ends what is shown with these words and shows nothing more: somebody else goes on. */
  async breakOff(words: string): Promise<void> {
    this.abandon();
    this.tasks.clear();
    await this.finish({ outcome: undefined, words, blocks: [] });
  }

  /** Shows nothing more of it, and gives the `ts` of all that was shown, once Slack has answered the last call. What is finished now begins anew. */
  async takeBack(): Promise<readonly string[]> {
    this.abandon();
    await this.loop.halted().catch(() => undefined);
    this.text = new UnshownText();
    this.tasks.clear();
    this.underWay.clear();
    this.piece = undefined;
    this.pieces = 0;
    return [...this.known];
  }

  /**
   * Shows all that is left (but for what nobody waits for after a stop), ends the last message, and tells how it was delivered.
   * Rejects with `SlackError` when Slack refuses for good.
   */
  async finish({ outcome, words, blocks, cited = [], blocked = [] }: ReplyEnding): Promise<Delivered> {
    await this.loop.halted();
    if (outcome === 'stopped') this.dropText();
    while (!this.backlog.isEmpty && this.piece?.kind === 'stream') await this.fillPiece(true);
    this.text.add(this.backlog.takeText());
    if (words !== '') this.text.addBelow(words, this.piece?.text);
    while (this.text.isTooLong(this.piece?.text)) await this.fillPiece(true);
    if (outcome === undefined && !this.piece && this.text.isBlank) return { pieces: this.pieces, endsSession: false };
    const rest = this.text.takeRest(this.piece?.text);
    const told = { ...(outcome ? { outcome } : {}), ...(cited.length > 0 ? { cited } : {}), ...(blocked.length > 0 ? { blocked } : {}) };
    const mark = { ...this.markOf(Math.max(this.pieces, 1)), ...told };
    const ending = { text: rest, blocks, mark, tasks: this.lastTasks(outcome) };
    if (!this.piece) return this.finishAnew(ending);
    const { piece } = this;
    const { text: before } = piece;
    if (await piece.close(ending)) return { pieces: this.pieces, endsSession: piece.endsSession };
    return this.finishAnew({ ...ending, text: before + rest });
  }

  private dropText(): void {
    this.text.drop();
    this.backlog.takeText();
  }

  private noteShown(tasks: readonly Task[]): void {
    for (const task of tasks) {
      if (task.status === 'in_progress') this.underWay.set(task.id, task);
      else this.underWay.delete(task.id);
    }
  }

  /** What became of the steps that are not told yet, and of those that nobody tells the end of any more. */
  private lastTasks(outcome: ReplyMark['outcome']): readonly Task[] {
    const tasks = new Map([...this.underWay, ...this.tasks]);
    const isBroken = outcome !== undefined && outcome !== 'answered';
    const end = { status: isBroken ? 'error' : 'complete', ...(isBroken ? { output: outcome } : {}) } as const;
    return [...tasks.values()].map(({ details, ...task }) => {
      const shown = this.underWay.has(task.id) || details === undefined ? task : { ...task, details };
      return task.status === 'in_progress' ? { ...shown, ...end } : shown;
    });
  }

  private async finishAnew(ending: Ending): Promise<Delivered> {
    this.piece = undefined;
    await this.open({ ...ending, mark: { ...ending.mark, piece: this.pieces + 1 } });
    return { pieces: this.pieces, endsSession: false };
  }

  private hasWork(): boolean {
    if (this.isStopped) return false;
    if (!this.backlog.isEmpty) return true;
    return (this.tasks.size > 0 && this.piece?.kind !== 'post') || this.text.isReady(this.piece?.text);
  }

  /** One step: opens a message or adds to the open one, and ends it when it is full or old. */
  private async fillPiece(isFinal: boolean): Promise<void> {
    if (this.piece?.kind === 'stream' && this.params.now() - this.piece.openedAt > streamLifetime) await this.endPiece();
    if (this.text.isBlank && this.tasks.size === 0) this.takeBacklog();
    const { text, closing } = this.text.next(this.piece?.text, !this.backlog.isEmpty);
    if (!(await this.show(text, isFinal))) return;
    this.text.shown(text.length);
    if (closing !== undefined) await this.endPiece(closing);
  }

  private takeBacklog(): void {
    const { tasks, text } = this.backlog.take();
    for (const task of tasks) this.tasks.set(task.id, task);
    this.text.add(text);
  }

  /** False when Slack did not take the text; it is still to be shown then. */
  private async show(text: string, isFinal: boolean): Promise<boolean> {
    const tasks = [...this.tasks.values()];
    if (text === '' && tasks.length === 0) return true;
    this.tasks.clear();
    this.noteShown(tasks);
    if (!this.piece) {
      const first = { text: this.text.opening + text, blocks: [], mark: this.markOf(this.pieces + 1) };
      await this.open(first, tasks, isFinal ? 'post' : 'stream');
      return true;
    }
    const result = await this.append(this.piece, text, tasks);
    this.loop.pause(pause[this.piece.kind]);
    if (result === 'stopped') this.isStopped = await this.params.isStop();
    if (result === 'ended' || (result === 'stopped' && (isFinal || !this.isStopped))) await this.leavePiece(this.piece);
    if (result === 'later') await this.params.pause(rateLimitPause);
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

  private async open(first: Ending, tasks: readonly Task[] = [], kind: Piece['kind'] = 'post'): Promise<void> {
    const piece = await openPiece(this.params, first, { tasks, kind, known: this.known });
    this.known.add(piece.ts);
    this.first.resolve();
    this.piece = piece;
    this.pieces += 1;
    this.text.begun();
    this.loop.pause(pause[piece.kind]);
    await this.params.onOpen(piece.ts, piece.kind);
  }

  /** Ends the message so that it renders by itself and the next one goes on as it did. */
  private async endPiece(cutClosing?: string): Promise<void> {
    const { piece } = this;
    if (!piece) return;
    const { text: all } = piece;
    const closing = this.text.ended(all);
    this.piece = undefined;
    const tasks = [...this.underWay.values()].map(({ id, title }) => ({ id, title, status: 'complete', output: 'goes on below' }) as const);
    // The next message shows them anew, but for those that ended meanwhile.
    for (const [id, task] of this.underWay) this.tasks.set(id, { ...task, ...this.tasks.get(id) });
    this.underWay.clear();
    if (await piece.close({ text: cutClosing || closing, blocks: [], mark: this.markOf(this.pieces), tasks })) return;
    this.text.lost(all);
  }

  /** Slack ended the message: what it shows stays, made whole; the rest goes into another. */
  private async leavePiece(piece: Piece): Promise<void> {
    const message = { channel: this.params.target.channel, ts: piece.ts };
    if (piece.text !== '') await this.endPiece();
    // Ended first: where Slack keeps it, it must not look as if it went on.
    else for (const method of ['chat.stopStream', 'chat.delete']) await this.params.call(method, message).catch(() => undefined);
    this.piece = undefined;
  }

  private markOf(piece: number): ReplyMark {
    return { ...this.params.mark, piece };
  }
}
