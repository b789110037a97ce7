import { createHash } from 'node:crypto';
import { canonicalJson } from '@vera/service-kit/canonical-json';
import type { ChangeArguments } from '../tools/person-tool.ts';

interface Keyed {
  /** The id of the question. */
  readonly question: string;
  readonly tool: string;
  readonly args: ChangeArguments;
  /** How many equal changes of the question came before. */
  readonly nth: number;
}

/**
 * The name of a change, here and where the other system keeps it: the same whichever worker makes it and whatever the model called its order, so
 * that one change is never on record twice. Letters and digits.
 */
export function changeKey({ question, tool, args, nth }: Keyed): string {
  return createHash('sha256')
    .update(canonicalJson([question, tool, args, nth]))
    .digest('hex')
    .slice(0, 32);
}

/** Whether kept JSON says the same as a value. */
export function isSameJson(kept: string, value: unknown): boolean {
  return canonicalJson(JSON.parse(kept)) === canonicalJson(value);
}
