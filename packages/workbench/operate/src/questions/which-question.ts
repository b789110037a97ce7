import type { QuestionRecord } from '@vera/ledger/ledger';
import { recordsOfMessage } from '@vera/ledger/records-of-message';
import { UsageError } from '../usage-error.ts';
import { type LedgerLook, scanLedger } from './ledger-scan.ts';
import { type LinkedMessage, linkedMessage } from './permalink.ts';

/** Which question somebody means: by its id, by a link to a message, or the last one. */
export type Meant =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'message'; readonly message: LinkedMessage }
  | { readonly kind: 'last' };

export interface Which {
  readonly meant: Meant;
  /**
   * The question, oldest first where a link means several: that to the first message of a thread in which others were asked. Empty: none is in the
   * ledger, which may mean that Slack never delivered it.
   */
  readonly records: readonly QuestionRecord[];
  /** False: the ledger was too large to be read to its end. */
  readonly isWhole: boolean;
  /** What looking took, in read units. */
  readonly units: number;
}

export const meantHelp = `QUESTION is its id (q-…, below each apology), a link to a message (Slack's "Copy link": the question, an answer, or the first of
a thread), or last.`;

/** Throws `UsageError` for words that are none of the three. */
export function meantBy(words: string): Meant {
  if (words === 'last') return { kind: 'last' };
  if (/^q-[0-9a-f]{16}$/.test(words)) return { kind: 'id', id: words };
  const message = linkedMessage(words);
  if (message) return { kind: 'message', message };
  throw new UsageError(`No question is called "${words}".\n${meantHelp}`);
}

/** Looks through the ledger: neither ids nor links say in which workspace a thread is, with which its key begins. */
export async function whichQuestion(ledger: LedgerLook, words: string): Promise<Which> {
  const meant = meantBy(words);
  const { records, isWhole, units } = await scanLedger(ledger, filterOf(meant));
  return { meant, records: chosen(meant, records), isWhole, units };
}

function filterOf(meant: Meant): Parameters<typeof scanLedger>[1] {
  switch (meant.kind) {
    case 'last':
      return {};
    case 'id':
      return { filter: 'question.id = :id', values: { ':id': meant.id } };
    case 'message': {
      // By the thread alone would miss what a shortcut asked of another place.
      const { channelId } = meant.message;
      return { filter: 'question.channelId = :channel', values: { ':channel': channelId } };
    }
  }
}

function chosen(meant: Meant, records: readonly QuestionRecord[]): readonly QuestionRecord[] {
  if (meant.kind === 'id') return records;
  if (meant.kind === 'last') return records.slice(-1);
  const { messageTs } = meant.message;
  const found = recordsOfMessage(records, messageTs);
  return found.length > 0 ? found : records.filter(({ question }) => question.threadTs === messageTs);
}
