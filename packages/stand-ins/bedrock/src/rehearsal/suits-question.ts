import { salientWordsOf } from '@vera/stand-in-kit/language/words-of';
import type { ToolSpec } from '../runtime/converse-request.ts';
import { asksForNow } from './asks-for-now.ts';
import type { Conversation } from './conversation.ts';
import type { Filled } from './fill-arguments.ts';
import { timeZoneIn } from './time-zone-in.ts';
import { plainName, toolStem, toolStems } from './tool-stems.ts';

/** "How long does it take?" names a measure that tools have in their descriptions, but means a fact of a document. */
const asksForMeasure = /\bhow (?:long|often|many|much|far|big)\b/i;
/** A procedure, a reason or a meaning: documents tell them, whatever words tools share with the question. */
const asksHow = /\bhow (?:do|does|did|can|could|should|would|to)\b|\bwhy\b|\bwhat (?:should|must|do|can) (?:i|we|one) do\b/i;
const asksForMeaning = /^\W*what(?:['’]s| is| are) (?:an? )?[\w-]+\W*$|\bmeans?\b/i;
const asksWho = /\b(?:who|whom|whose|anyone|anybody|somebody|list|show)\b/i;
const anotherTime = /\b(?:was|were|will|last|yesterday|next|tomorrow|until|after)\b/i;

/** Whether a tool may answer this kind of question at all, whatever words they share. */
export function suitsQuestion(tool: ToolSpec, clause: string, filled: Filled, earlier: Conversation['earlier']): boolean {
  if (isClock(tool)) return wantsClock(clause, earlier) && !(filled.words.length === 0 && asksForMeasure.test(clause));
  if (tellsWho(tool) && (!asksWho.test(clause) || (isOfNow(tool) && anotherTime.test(clause)))) return false;
  if (filled.words.length === 0 && asksForMeasure.test(clause)) return false;
  const hasNumber = filled.words.some((word) => /\d/.test(word));
  if (asksHow.test(clause) && (!hasNumber || hasKey(filled))) return false;
  return hasNumber || !asksForMeaning.test(clause);
}

/** Something such as INC-482 has a key, and may be in a document as well as in a tool. */
export function hasKey({ input }: Filled): boolean {
  return Object.values(input).some((value) => typeof value === 'string' && /^[A-Z][A-Z0-9]+-\d+$/.test(value));
}

export function isClock(tool: ToolSpec): boolean {
  return toolStems(plainName(tool)).has(toolStem('time'));
}

/** "And in Berlin?" asks for the time there, when the time was asked for before. */
function wantsClock(clause: string, earlier: Conversation['earlier']): boolean {
  if (asksForNow(clause)) return true;
  const place = timeZoneIn(clause);
  const rest = salientWordsOf(clause).filter((word) => !salientWordsOf(place?.words ?? '').includes(word));
  return place !== undefined && rest.length === 0 && asksForNow(earlier.at(-1)?.text ?? '');
}

/** Its description begins with what it answers: "Who is on call". */
function tellsWho({ description = '' }: ToolSpec): boolean {
  return /^(?:\w+: )?who\b/i.test(description);
}

/** Without a period it tells of this moment. */
function isOfNow({ inputSchema }: ToolSpec): boolean {
  const { properties = {} } = (inputSchema.json ?? {}) as { properties?: Record<string, { description?: string }> };
  return Object.values(properties).some(({ description = '' }) => /\bnow if left out\b/i.test(description));
}
