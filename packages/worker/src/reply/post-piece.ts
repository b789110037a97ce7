import type { ReplyMark } from '@vera/slack/reply-mark';
import { isRefusedWith } from '@vera/slack/slack-error';
import type { Ending, Piece, PieceParams } from './piece.ts';
import { badBlocks, plainMessage, updateMessage, wholeMessage } from './update-message.ts';

/** Posts a message in the thread and gives its `ts`. Rejects with the `SlackError` of `chat.postMessage`. */
export async function postMessage({ call, target }: PieceParams, first: Ending): Promise<string> {
  const place = { channel: target.channel, thread_ts: target.threadTs, unfurl_links: false, unfurl_media: false };
  const posted = await call('chat.postMessage', { ...place, ...wholeMessage(first) }).catch((error: unknown) => {
    if (!isRefusedWith(error, badBlocks)) throw error;
    return call('chat.postMessage', { ...place, ...plainMessage(first) });
  });
  return String(posted.ts);
}

/** A posted message that grows by `chat.update`. */
export class PostPiece implements Piece {
  readonly kind = 'post';
  readonly endsSession = false;
  readonly ts: string;
  readonly openedAt: number;
  private shown: string;
  private readonly mark: ReplyMark;
  private readonly params: PieceParams;

  constructor(params: PieceParams, ts: string, shown: string, mark: ReplyMark) {
    this.params = params;
    this.ts = ts;
    this.shown = shown;
    this.mark = mark;
    this.openedAt = params.now();
  }

  get text(): string {
    return this.shown;
  }

  async append(more: string): Promise<'shown' | 'ended'> {
    if (more !== '' && !(await this.update({ text: this.shown + more, blocks: [], mark: this.mark }))) return 'ended';
    this.shown += more;
    return 'shown';
  }

  async close(ending: Ending): Promise<boolean> {
    this.shown += ending.text;
    return this.update({ ...ending, text: this.shown });
  }

  private update(whole: Ending): Promise<boolean> {
    return updateMessage(this.params.call, this.params.target.channel, this.ts, whole);
  }
}
