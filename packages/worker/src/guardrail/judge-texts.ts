import type { JudgeText } from './judge-text.ts';
import type { Policy } from './policy.ts';

/** Texts that are read together, as far as they may be. */
export interface JudgedTexts {
  /** Each at its place, masked; undefined: left out. */
  readonly texts: readonly (string | undefined)[];
  /** The worst that became of any. */
  readonly verdict: 'passed' | 'unjudged' | 'blocked';
  /** What stopped some. */
  readonly policies: readonly Policy[];
  readonly masked: readonly Policy[];
  readonly units: number;
}

/** On a line of its own between any two texts, so that none becomes part of the next. */
export const between = '\n\u2042\n';

/** What was stopped is halved no further behind so many verdicts. */
const mostVerdicts = 60;

/**
 * Judges texts that go in together in one piece, as the model reads them; what is stopped is halved until the text is found that is to blame. Where
 * several are stopped only together, all of those are left out, and what remains has to pass as a whole again. Never rejects.
 */
export async function judgeTexts(judge: JudgeText, texts: readonly string[], signal: AbortSignal): Promise<JudgedTexts> {
  const found = await judgeHalves({ judge, signal, left: mostVerdicts }, texts);
  const rest = found.texts.filter((text) => text !== undefined);
  if (rest.length === 0 || rest.length === texts.length) return found;
  const again = await judge(rest.join(between), 'INPUT', signal);
  const units = found.units + again.units;
  if (again.kind === 'passed') return { ...found, units };
  const policies = again.kind === 'blocked' ? [...found.policies, ...again.policies] : found.policies;
  return { ...found, texts: texts.map(() => undefined), verdict: worst([found.verdict, again.kind]), policies, units };
}

interface Looking {
  readonly judge: JudgeText;
  readonly signal: AbortSignal;
  left: number;
}

async function judgeHalves(looking: Looking, texts: readonly string[]): Promise<JudgedTexts> {
  looking.left -= 1;
  const judged = await looking.judge(texts.join(between), 'INPUT', looking.signal);
  const { units } = judged;
  const nothing = { texts: texts.map(() => undefined), masked: [], units };
  if (judged.kind === 'unjudged') return { ...nothing, verdict: 'unjudged', policies: [] };
  const apart = judged.kind === 'passed' ? inPlace(judged.text, texts) : undefined;
  if (judged.kind === 'passed' && apart) return { texts: apart, verdict: 'passed', policies: [], masked: judged.masked, units };
  const whole: JudgedTexts = { ...nothing, verdict: 'blocked', policies: judged.kind === 'blocked' ? judged.policies : judged.masked };
  if (texts.length === 1 || looking.left < 2) return whole;
  const middle = Math.ceil(texts.length / 2);
  const halves = await Promise.all([texts.slice(0, middle), texts.slice(middle)].map((half) => judgeHalves(looking, half)));
  const both = joined(halves, units);
  const isOnlyTogether = judged.kind === 'blocked' || both.masked.length === 0;
  return both.verdict === 'passed' && isOnlyTogether ? { ...whole, units: both.units } : both;
}

/** Undefined where a mask took what parts them. */
function inPlace(text: string, texts: readonly string[]): readonly string[] | undefined {
  if (texts.length === 1) return [text];
  if (text === texts.join(between)) return texts;
  const apart = text.split(between);
  return apart.length === texts.length && !texts.some((one) => one.includes(between)) ? apart : undefined;
}

function joined(parts: readonly JudgedTexts[], units: number): JudgedTexts {
  return {
    texts: parts.flatMap(({ texts }) => texts),
    verdict: worst(parts.map(({ verdict }) => verdict)),
    policies: parts.flatMap(({ policies }) => policies),
    masked: parts.flatMap(({ masked }) => masked),
    units: parts.reduce((sum, part) => sum + part.units, units),
  };
}

function worst(verdicts: readonly JudgedTexts['verdict'][]): JudgedTexts['verdict'] {
  return (['blocked', 'unjudged'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'passed';
}
