import { createDynamoAccountShelf } from '@vera/accounts/dynamo-accounts';
import { createDynamoFlows, createDynamoLinks } from '@vera/accounts/dynamo-single-use';
import { createDynamoWaitingQuestions } from '@vera/accounts/dynamo-waiting-questions';
import { issueTicket, readTicket } from '@vera/accounts/portal-ticket';
import { createDynamoDecisions } from '@vera/ledger/dynamo-decisions';
import { createDynamoEndedThreads } from '@vera/ledger/dynamo-ended-threads';
import { createDynamoGreetings } from '@vera/ledger/dynamo-greetings';
import { createDynamoInbox } from '@vera/ledger/dynamo-inbox';
import { createDynamoLeases } from '@vera/ledger/dynamo-leases';
import { createDynamoMemoryChoices } from '@vera/ledger/dynamo-memory-choices';
import { createDynamoOpenQuestions } from '@vera/ledger/dynamo-open-questions';
import { createDynamoOverdue } from '@vera/ledger/dynamo-overdue';
import { createDynamoPurses } from '@vera/ledger/dynamo-purses';
import { feedbackValueOf, readFeedbackValue, readRetryValue, retryValueOf } from '@vera/protocol/action';
import { hashOfChange } from '@vera/protocol/change';
import { classify } from '@vera/protocol/classify';
import { decisionValueOf, readDecisionValue } from '@vera/protocol/decision';
import { memoryActionId, memoryWishOf, toErrand } from '@vera/protocol/errand';
import { questionIdOf } from '@vera/protocol/question';
import { sessionIdOf } from '@vera/protocol/session-id';
import { workSchema } from '@vera/protocol/work';
import { changeCard, changeMarkOf } from '@vera/slack/change-card';
import { replyMarkOf, toMetadata } from '@vera/slack/reply-mark';
import { factsOf, ownerOf, readSession, sessionOf, standingOf } from '@vera/worker/memory-owner';

/**
 * All of ours that writes or reads what outlives a process, or goes from one to another: items, payloads, links, marks and buttons in Slack,
 * names of memories. `pnpm keep-last-version` reads these imports, and keeps the same of the last version.
 */
export const thisVersion = {
  ...{ createDynamoAccountShelf, createDynamoFlows, createDynamoLinks, createDynamoWaitingQuestions, issueTicket, readTicket },
  ...{ createDynamoInbox, createDynamoDecisions, createDynamoLeases, createDynamoOverdue, createDynamoPurses, createDynamoOpenQuestions },
  ...{ createDynamoEndedThreads, createDynamoGreetings, createDynamoMemoryChoices },
  ...{ classify, workSchema, toErrand, questionIdOf, sessionIdOf, hashOfChange },
  ...{ readFeedbackValue, feedbackValueOf, readRetryValue, retryValueOf, decisionValueOf, readDecisionValue, memoryActionId, memoryWishOf },
  ...{ changeCard, changeMarkOf, replyMarkOf, toMetadata },
  ...{ factsOf, ownerOf, readSession, sessionOf, standingOf },
};

export type Version = typeof thisVersion;

/** The same of the version before, as it was; typed as this one's, which is what a test of it finds out. */
export async function lastVersion(): Promise<Version> {
  const kept = new URL('../last-version.generated.mjs', import.meta.url);
  return (await import(kept.href)) as Version;
}
