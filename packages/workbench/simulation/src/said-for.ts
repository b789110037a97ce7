import type { QuestionRecord } from '@vera/ledger/ledger';
import { replyMarkOf } from '@vera/slack/reply-mark';
import type { FakeMessage } from './fakes/fake-slack.ts';

/** Sentences of its answers, each with its leg. */
export function saidFor({ question: { id } }: QuestionRecord, messages: readonly FakeMessage[]): readonly string[] {
  return messages.flatMap((message) => {
    const mark = replyMarkOf(message);
    if (mark?.question !== id) return [];
    return [...message.text.matchAll(/«[^»]*»/g)].map(([found]) => `${mark.leg ?? 0} ${found}`);
  });
}

/** Where nobody decided in time, that is the whole answer. */
export function isWithoutModel({ changes }: QuestionRecord): boolean {
  return Object.values(changes).some(({ state }) => state === 'expired');
}
