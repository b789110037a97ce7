import { postInThread } from '@vera/slack/post-in-thread';
import { type ReplyMark, toMetadata } from '@vera/slack/reply-mark';
import type { SlackCall } from '@vera/slack/slack-calls';
import { beyondChange, isRefusedWith } from '@vera/slack/slack-error';
import { toPlainText } from './harmless-markdown.ts';
import type { Ending, Piece, PieceParams } from './piece.ts';
import { markdownBlock } from './reply-blocks.ts';

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

/** Posts a message in the thread and gives its `ts`. Rejects with the `SlackError` of `chat.postMessage`. */
export async function postMessage({ call, target }: PieceParams, first: Ending): Promise<string> {
  const place = { channel: target.channel, thread_ts: target.threadTs, unfurl_links: false, unfurl_media: false };
  return postInThread(call, { ...place, ...wholeMessage(first) }).catch((error: unknown) => {
    if (!isRefusedWith(error, badBlocks)) throw error;
    return postInThread(call, { ...place, ...plainMessage(first) });
  });
}

/** Makes the message at `ts` hold exactly this; false when there is no such message to change any more. */
export async function updateMessage(call: SlackCall, channel: string, ts: string, ending: Ending): Promise<boolean> {
  try {
    await call('chat.update', { channel, ts, ...wholeMessage(ending) }, { repeatable: true });
    return true;
  } catch (error) {
    if (isRefusedWith(error, beyondChange)) return false;
    if (!isRefusedWith(error, badBlocks)) throw error;
    await call('chat.update', { channel, ts, blocks: [], ...plainMessage(ending) }, { repeatable: true });
    return true;
  }
}

/** Slack takes the message, but not as it is. */
export const badBlocks: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'markdown_text_conflict',
  'msg_too_long',
  'no_text',
]);

/** Slack's form of a whole message: the Markdown as a block, and as plain text for notifications. */
function wholeMessage(ending: Ending): Record<string, unknown> {
  return {
    text: toPlainText(ending.text),
    blocks: [...(ending.text.trim() === '' ? [] : [markdownBlock(ending.text)]), ...ending.blocks],
    metadata: toMetadata(ending.mark),
  };
}

/** The same without blocks, for when Slack refuses them. */
function plainMessage(ending: Ending): Record<string, unknown> {
  return { text: toPlainText(ending.text), metadata: toMetadata(ending.mark) };
}
