import { Turnstile } from '../turnstile.ts';
import { type Applied, type ApplyGuardrail, type Direction, GuardrailError } from './apply-guardrail.ts';
import { masked, maskedSpans, type Span } from './masked-spans.ts';
import type { Policy } from './policy.ts';
import { type Piece, textPieces } from './text-pieces.ts';
import { verdictOf } from './verdict.ts';

/** What became of a text. One that could not be judged is not to be used. */
export type Judged =
  | { readonly kind: 'passed'; readonly text: string; readonly masked: readonly Policy[]; readonly units: number }
  | { readonly kind: 'blocked'; readonly policies: readonly Policy[]; readonly units: number }
  | { readonly kind: 'unjudged'; readonly units: number };

/** Judges a text of any length by the guardrail. Never rejects. */
export type JudgeText = (text: string, direction: Direction, signal: AbortSignal) => Promise<Judged>;

export interface JudgeParams {
  readonly apply: ApplyGuardrail;
  /** Waits so many milliseconds, or less. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** The longest a text may take, in milliseconds; 20,000 unless told. */
  readonly patience?: number;
}

/** What a call takes in most regions; of a smaller quota the service tells. */
const longest = 25_000;
/** A value or a sentence is not longer. */
const overlap = 1_000;
/** Calls at once in this process. */
const atOnce = 6;
const attempts = 4;
const firstPause = 500;

export function createJudge({ apply, pause, patience = 20_000 }: JudgeParams): JudgeText {
  const places = new Turnstile({ most: atOnce, longest: patience });
  return async (text, direction, given) => {
    if (text.trim() === '') return { kind: 'passed', text, masked: [], units: 0 };
    const isDone = new AbortController();
    const signal = AbortSignal.any([given, isDone.signal, AbortSignal.timeout(patience)]);
    const judging: Judging = { text, direction, signal, apply, pause, places, onBlocked: () => isDone.abort() };
    return worstOf(text, await judgedPieces(judging, textPieces({ start: 0, end: text.length }, text, { longest, overlap })));
  };
}

interface Judging extends Pick<JudgeParams, 'apply' | 'pause'> {
  readonly text: string;
  readonly direction: Direction;
  readonly signal: AbortSignal;
  readonly places: Turnstile;
  /** One block is enough: the others are not waited for. */
  readonly onBlocked: () => void;
}

type JudgedPiece =
  | { readonly kind: 'clean'; readonly units: number }
  | { readonly kind: 'masked'; readonly spans: readonly Span[]; readonly policies: readonly Policy[]; readonly units: number }
  | { readonly kind: 'blocked'; readonly policies: readonly Policy[]; readonly units: number }
  | { readonly kind: 'unjudged'; readonly units: number };

async function judgedPieces(judging: Judging, pieces: readonly Piece[]): Promise<readonly JudgedPiece[]> {
  return (await Promise.all(pieces.map((piece) => judgedPiece(judging, piece)))).flat();
}

async function judgedPiece(judging: Judging, piece: Piece): Promise<readonly JudgedPiece[]> {
  const part = judging.text.slice(piece.start, piece.end);
  const applied = await patiently(judging, part);
  if (applied === 'too-large') return smaller(judging, piece);
  if (applied === 'failed') return [{ kind: 'unjudged', units: 0 }];
  const { intervened, assessments, output, units } = applied;
  const verdict = verdictOf(assessments, intervened);
  if (verdict.kind === 'clean') return [{ kind: 'clean', units }];
  if (verdict.kind === 'blocked') {
    judging.onBlocked();
    return [{ kind: 'blocked', policies: verdict.policies, units }];
  }
  const spans = output === undefined ? undefined : maskedSpans(part, output, assessments);
  // What was masked is known, and not where: then nobody may read it.
  if (!spans || spans.length === 0) return [{ kind: 'unjudged', units }];
  const inText = spans.map(({ start, end, placeholder }) => ({ start: start + piece.start, end: end + piece.start, placeholder }));
  return [{ kind: 'masked', spans: inText, policies: verdict.policies, units }];
}

/** The account's quota is smaller than what was sent: two halves, down to one text unit. */
async function smaller(judging: Judging, piece: Piece): Promise<readonly JudgedPiece[]> {
  const length = piece.end - piece.start;
  if (length <= overlap) return [{ kind: 'unjudged', units: 0 }];
  const common = Math.min(overlap, Math.floor(length / 4));
  return judgedPieces(judging, textPieces(piece, judging.text, { longest: Math.ceil((length + common) / 2), overlap: common }));
}

async function patiently({ apply, pause, places, direction, signal }: Judging, part: string): Promise<Applied | 'too-large' | 'failed'> {
  for (let attempt = 1; ; attempt += 1) {
    const leave = await places.enter(signal);
    try {
      if (signal.aborted) return 'failed';
      return await apply(part, direction, signal);
    } catch (error) {
      const code = error instanceof GuardrailError ? error.code : 'failed';
      if (code === 'too-large') return code;
      if (code === 'failed' || attempt === attempts || signal.aborted) return 'failed';
    } finally {
      leave();
    }
    await pause(firstPause * 2 ** (attempt - 1), signal);
  }
}

/** A block of one piece is a block of all; a piece that nobody judged leaves the text unjudged. */
function worstOf(text: string, pieces: readonly JudgedPiece[]): Judged {
  const units = pieces.reduce((sum, piece) => sum + piece.units, 0);
  const blocked = pieces.filter((piece) => piece.kind === 'blocked');
  if (blocked.length > 0) return { kind: 'blocked', policies: blocked.flatMap(({ policies }) => policies), units };
  if (pieces.some(({ kind }) => kind === 'unjudged')) return { kind: 'unjudged', units };
  const found = pieces.filter((piece) => piece.kind === 'masked');
  const whole = masked(
    text,
    found.flatMap(({ spans }) => spans),
  );
  return { kind: 'passed', text: whole, masked: found.flatMap(({ policies }) => policies), units };
}
