import { shorten, textLimits } from '@vera/protocol/shorten';
import { toMetadata } from '@vera/slack/reply-mark';
import { isRefusedWith, SlackError } from '@vera/slack/slack-error';
import type { Ending, Piece, PieceParams, Task } from './piece.ts';
import { updateMessage } from './post-piece.ts';

const stopped = new Set(['stopped_by_user']);
const stillStreaming = new Set(['streaming_state_conflict']);

/** Starts a streamed message. Rejects with the `SlackError` of `chat.startStream`. */
export async function openStream(params: PieceParams, text: string, tasks: readonly Task[]): Promise<Piece> {
  const { call, target, now } = params;
  // Before the call, as Slack's own clock starts during it.
  const openedAt = now();
  const started = await call(
    'chat.startStream',
    {
      channel: target.channel,
      thread_ts: target.threadTs,
      recipient_user_id: target.recipientUserId,
      recipient_team_id: target.recipientTeamId,
      // Steps stand where they happen, between what is said before and after.
      task_display_mode: 'timeline',
      ...contentOf(text, tasks),
    },
    { patience: 3_000 },
  );
  return new StreamPiece(params, { ts: String(started.ts), openedAt, shown: text });
}

interface OpenedStream {
  readonly ts: string;
  /** Epoch milliseconds. */
  readonly openedAt: number;
  readonly shown: string;
  /** An answer of Slack got lost, so that what the message really shows is not known. */
  readonly isDoubtful?: boolean;
}

export class StreamPiece implements Piece {
  readonly kind = 'stream';
  readonly ts: string;
  readonly openedAt: number;
  endsSession = false;
  private shown: string;
  private doubtful: boolean;
  private readonly params: PieceParams;

  constructor(params: PieceParams, { ts, openedAt, shown, isDoubtful = false }: OpenedStream) {
    this.params = params;
    this.ts = ts;
    this.openedAt = openedAt;
    this.shown = shown;
    this.doubtful = isDoubtful;
  }

  get text(): string {
    return this.shown;
  }

  async append(more: string, tasks: readonly Task[]): Promise<'shown' | 'ended' | 'stopped'> {
    const { call, target } = this.params;
    try {
      await call('chat.appendStream', { channel: target.channel, ts: this.ts, ...contentOf(more, tasks) }, { patience: 5_000 });
    } catch (error) {
      if (!(error instanceof SlackError) || error.kind === 'ratelimited') throw error;
      if (error.kind === 'refused') return isRefusedWith(error, stopped) ? 'stopped' : 'ended';
      this.doubtful = true;
    }
    this.shown += more;
    return 'shown';
  }

  async close(ending: Ending): Promise<boolean> {
    // Whoever finds an outcome takes the answer for whole: where words may be missing, it comes with them, in one update.
    const { outcome, ...unfinished } = ending.mark;
    const isStopped = await this.stop(this.doubtful ? { ...ending, mark: unfinished } : ending);
    this.endsSession = isStopped && !this.doubtful && outcome !== undefined;
    this.shown += ending.text;
    if (isStopped && !this.doubtful) return true;
    try {
      return await this.repair({ ...ending, text: this.shown });
    } catch (error) {
      // What could not be made whole must at least not look as if it went on.
      await this.stopBare();
      throw error;
    }
  }

  private async stop({ text, blocks, mark, tasks = [] }: Ending): Promise<boolean> {
    const { call, target } = this.params;
    try {
      await call('chat.stopStream', {
        channel: target.channel,
        ts: this.ts,
        ...contentOf(text, tasks),
        ...(blocks.length === 0 ? {} : { blocks }),
        metadata: toMetadata(mark),
        session_status: mark.outcome === undefined ? 'processing' : 'active',
      });
      return true;
    } catch (error) {
      if (error instanceof SlackError) return false;
      throw error;
    }
  }

  /** Once a stream has ended, however it ended, the message can be set to what it should be. */
  private async repair(whole: Ending): Promise<boolean> {
    const { call, target } = this.params;
    try {
      return await updateMessage(call, target.channel, this.ts, whole);
    } catch (error) {
      if (!isRefusedWith(error, stillStreaming)) throw error;
      await this.stopBare();
      return updateMessage(call, target.channel, this.ts, whole);
    }
  }

  private async stopBare(): Promise<void> {
    const { call, target } = this.params;
    await call('chat.stopStream', { channel: target.channel, ts: this.ts }, { repeatable: true }).catch(() => undefined);
  }
}

/** Always as chunks: a stream takes what it began with and nothing else, and steps come as chunks. */
function contentOf(text: string, tasks: readonly Task[]): { readonly chunks?: readonly Readonly<Record<string, unknown>>[] } {
  const chunks = [...tasks.map(taskChunk), ...(text === '' ? [] : [{ type: 'markdown_text', text }])];
  return chunks.length === 0 ? {} : { chunks };
}

function taskChunk({ id, title, status, details, output, sources = [] }: Task): Readonly<Record<string, unknown>> {
  return {
    ...{ type: 'task_update', id, title: shorten(title, textLimits.taskTitle), status },
    ...(details === undefined ? {} : { details: shorten(details, textLimits.taskTitle) }),
    ...(output === undefined ? {} : { output: shorten(output, textLimits.taskTitle) }),
    ...(sources.length === 0 ? {} : { sources: sources.map(({ title: name, url }) => ({ type: 'url', url, text: name })) }),
  };
}
