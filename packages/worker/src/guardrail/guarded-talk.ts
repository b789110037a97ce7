import { createHash } from 'node:crypto';
import type { Content, Turn } from '../agent/agent.ts';
import { AnswerFailure, BlockedFailure } from '../failure.ts';
import { notesOf } from './guarded-text.ts';
import type { OnNote } from './guarded-tool.ts';
import type { JudgeText } from './judge-text.ts';
import { judgeTexts } from './judge-texts.ts';
import { textPieces } from './text-pieces.ts';

/**
 * What people say is judged by the model's own call, as far as that takes it: the newest of the latest turn. One word of anything older would
 * stop every question to come, and not all of it was the latest once: an outsider is answered without a model, others write while Vera does,
 * and all may edit. So what is older is judged before, and only what is stopped is left out.
 */
export class GuardedTalk {
  private readonly judge: JudgeText;
  /** Hashes of texts that passed as they are, be it here or in the model's call: in this process they are not judged again. */
  private readonly known = new Set<string>();

  constructor(judge: JudgeText) {
    this.judge = judge;
  }

  /** Rejects with `AnswerFailure` where the latest text of all is too long for the model's call, and may not go in. */
  async guard(turns: readonly Turn[], { signal, onNote }: { readonly signal: AbortSignal; readonly onNote: OnNote }): Promise<Turn[]> {
    const latest = saidIn(turns.at(-1));
    const inCall = new Set(fitting(latest));
    const asked = latest.find((part) => part === latest.at(-1) && !inCall.has(part));
    const older = turns.flatMap(saidIn).filter((part) => !inCall.has(part));
    const read = await this.judgeOlder(older, { signal, onNote, asked });
    const contentOf = (part: Content): readonly Content[] => {
      const text = part.kind === 'text' ? read.get(part) : undefined;
      if (text === undefined) return [part];
      return part === asked ? inPieces(text) : [{ kind: 'text', text, isJudged: true }];
    };
    return turns.map(({ role, content }) => ({ role, content: content.flatMap(contentOf) }));
  }

  /** The model's call let the latest turn pass as it is. */
  passed(turns: readonly Turn[]): void {
    for (const { text, isJudged } of saidIn(turns.at(-1))) if (!isJudged) this.know(text);
  }

  private async judgeOlder(
    older: readonly Text[],
    { signal, onNote, asked }: { readonly signal: AbortSignal; readonly onNote: OnNote; readonly asked: Text | undefined },
  ): Promise<ReadonlyMap<Text, string>> {
    const unknown = older.filter(({ text }) => !this.known.has(hashOf(text)));
    const read = new Map(older.map((part) => [part, part.text]));
    if (unknown.length === 0) return read;
    const startedAt = performance.now();
    const texts = unknown.map(({ text }) => text);
    const judged = await judgeTexts(this.judge, texts, signal);
    for (const [index, part] of unknown.entries()) {
      const text = judged.texts[index];
      if (text === part.text) this.know(text);
      if (text === undefined && part === asked) throw failureOf(judged);
      read.set(part, text ?? leftOut);
    }
    for (const note of notesOf(judged, 'something that was said above', startedAt)) onNote(note);
    return read;
  }

  private know(text: string): void {
    this.known.add(hashOf(text));
    const [oldest] = this.known;
    if (this.known.size > mostKnown && oldest !== undefined) this.known.delete(oldest);
  }
}

const mostKnown = 5_000;
const leftOut = '(Something that was said here is left out by the content rules of this workspace.)';

/** Characters of all that a model's call judges: its guardrail takes 25 text units at once, as everywhere. */
const mostInCall = 24_000;

type Text = Extract<Content, { kind: 'text' }>;

/** What somebody said, in contrast to what is in a file. */
function saidIn(turn: Turn | undefined): readonly Text[] {
  if (turn?.role !== 'user') return [];
  return turn.content.filter((part): part is Text => part.kind === 'text' && part.file === undefined);
}

/** The newest ones. */
function fitting(said: readonly Text[]): readonly Text[] {
  let size = 0;
  const first = said.findLastIndex(({ text }) => {
    size += text.length;
    return size > mostInCall;
  });
  return said.slice(first + 1);
}

/** A call in which nothing is marked to be judged judges all there is, so the end of what was judged is once more. */
function inPieces(text: string): readonly Content[] {
  const pieces = textPieces({ start: 0, end: text.length }, text, { longest: mostInCall, overlap: 0 });
  return pieces.map(({ start, end }, index) => {
    const piece = { kind: 'text' as const, text: text.slice(start, end) };
    return index === pieces.length - 1 ? piece : { ...piece, isJudged: true };
  });
}

function failureOf({ verdict, policies }: Awaited<ReturnType<typeof judgeTexts>>): AnswerFailure {
  if (verdict === 'unjudged') return new AnswerFailure('unavailable', 'the guardrail could not judge the question');
  return new BlockedFailure({ on: 'question', policies });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
