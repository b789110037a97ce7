import type { QuestionRecord } from './ledger.ts';

/** Of the records of a channel or thread those that a message is of: it asked, or it answers, or it went with another, or a click was about it. */
export function recordsOfMessage(records: readonly QuestionRecord[], messageTs: string): readonly QuestionRecord[] {
  const ways: readonly ((record: QuestionRecord) => boolean)[] = [
    ({ question }) => question.messageTs === messageTs,
    ({ replies, said = [], beside = [] }) => [...replies, ...said, ...beside.map(({ ts }) => ts)].includes(messageTs),
    ({ folded = [] }) => folded.includes(messageTs),
    ({ question }) => question.shortcut?.about === messageTs,
  ];
  return ways.map((isIt) => records.filter(isIt)).find((found) => found.length > 0) ?? [];
}
