import type { Change } from '@vera/protocol/change';
import { classify } from '@vera/protocol/classify';
import { readCommand } from '@vera/protocol/command';
import { escapeButMentions, escapeText } from '@vera/protocol/escape-text';
import { nextQuestionIn } from '@vera/protocol/next-question';
import { shorten } from '@vera/protocol/shorten';
import { withoutAnySecret, withoutSecrets } from '@vera/service-kit/secret-texts';
import { changeCard, changeDiff, fitsOnCard } from '@vera/slack/change-card';
import { growthOf, nastyUnits } from '@vera/stand-in-kit/growth-of';
import { describe, expect, test } from 'vitest';
import { jqlProblem } from '../src/atlassian/jira/jql-problem.ts';
import { toAdf } from '../src/atlassian/text/adf.ts';
import { signedText } from '../src/atlassian/text/signed-text.ts';
import { hasMacros, storageWords, toStorage } from '../src/atlassian/text/storage-format.ts';
import { fileKindOf } from '../src/files/file-kind.ts';
import { markAsData } from '../src/mark-as-data.ts';
import { usableSchema } from '../src/mcp/input-schema.ts';
import { humanName, toolAlias } from '../src/mcp/listed-tool.ts';
import { errorText, resultText } from '../src/mcp/tool-results.ts';
import { plainName } from '../src/plain-name.ts';
import { isSameName, thanksIn } from '../src/questions/thanks-in.ts';
import { Citations } from '../src/reply/citations.ts';
import { toPlainText } from '../src/reply/harmless-markdown.ts';
import { isHonest, targetOf } from '../src/reply/honest-link.ts';
import { NextQuestions } from '../src/reply/next-questions.ts';
import { blocksUnder } from '../src/reply/reply-blocks.ts';
import { threadTitleOf } from '../src/reply/thread-title.ts';
import { UnshownText } from '../src/reply/unshown-text.ts';
import { createSearchMessages } from '../src/slack-reading/search-messages.ts';
import { tellThreads } from '../src/slack-reading/tell-threads.ts';
import { mentionedUsers, toReadableText } from '../src/thread/read-conversation.ts';
import { createSources } from '../src/tools/search-knowledge-base.ts';

const change: Change = {
  ...{
    id: 'c1',
    tool: 'write',
    input: '{}',
    args: '{}',
    title: 'Write',
    system: 'Tracker',
    fields: [],
    asker: 'UANN',
    account: 'ann',
    hash: 'x',
  },
  ...{ approvers: ['UANN'], proposedAt: 0, expiresAt: 900_000, state: 'denied', revision: 'r0' },
};
function writtenOut(text: string): string {
  const sources = createSources();
  sources.add({ title: text, url: `https://a.example/${text}` });
  const citations = new Citations(sources);
  return `${citations.add(text)}${citations.flush()}`;
}

async function* said(text: string) {
  yield { kind: 'text', text } as const;
}

const bank = targetOf('https://bank.example/') ?? new URL('https://bank.example/');

/** All that reads what others wrote, whatever its length. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  withoutSecrets,
  withoutAnySecret: (text) => withoutAnySecret(text),
  nextQuestionIn,
  threadTitleOf,
  nextQuestions: (text) => new NextQuestions().takenOut(said(text))[Symbol.asyncIterator]().next(),
  classify: (text) => {
    const event = { type: 'app_mention', ts: '1.1', channel: 'C1', user: 'U1', text };
    const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', team_id: 'T1', event });
    return classify(new TextEncoder().encode(body), 'application/json', { allowedBotIds: [] });
  },
  shorten: (text) => shorten(text, 30_000, { sizeOf: (part) => escapeText(part).length }),
  thanks: (text) => [thanksIn(text, 'UVERA'), isSameName(text, 'Vera')],
  'escape text': (text) => [escapeText(text), escapeButMentions(text)],
  'card texts': (text) => [
    changeCard({ ...change, title: text, reason: text, fields: [{ field: text, after: text }] }, '1.1'),
    fitsOnCard({ title: text, fields: [] }),
  ],
  'change diff': (text) => changeDiff({ field: 'Text', before: text, after: `${text}x` }),
  'mark as data': (text) => markAsData(text, text),
  names: (text) => [plainName(text), fileKindOf(text, text)],
  'readable text': (text) => [toReadableText(text, () => 'Ann'), mentionedUsers(text)],
  'tool results': (text) => [resultText({ content: [{ type: 'text', text }] }), errorText(text)],
  'the slash command': (text) => readCommand(new URLSearchParams({ team_id: 'T1', user_id: 'U1', command: '/vera', text })),
  'a tool as its server lists it': (text) => [
    humanName({ name: text, inputSchema: {} }),
    toolAlias('ops', text),
    usableSchema({ type: 'object', properties: { [text]: { type: 'string', description: text, pattern: text } } }),
  ],
  'plain text': toPlainText,
  'honest links': (text) => [targetOf(text), isHonest(text, bank)],
  sources: (text) => [writtenOut(text), blocksUnder([{ number: 1, title: text, url: `https://a.example/${text}` }], '1.1')],
  'what is read and found in Slack': async (text) => {
    const found = { channel_id: 'COPS', message_ts: '1.000001', content: text, permalink: text };
    const search = createSearchMessages(async () => ({ results: { messages: [found] } }));
    const hits = (await search.find({ query: 'x', actionToken: 't', period: { latest: '2' } })) ?? [];
    const place = { id: 'COPS', name: text, kind: 'public', isShared: false } as const;
    const people = { name: async () => text };
    const threads = hits.map(({ message }) => ({ channel: 'COPS', place, messages: [message, { ...message, attachments: [{ text }] }] }));
    return tellThreads(threads, { people, sources: createSources(), botUserId: 'UVERA', teamUrl: 'https://a.example/' });
  },
  'jql check': jqlProblem,
  'markdown of ours, in storage format and in ADF': async (text) => {
    const { blocks } = await signedText(text, { name: text });
    return [toStorage(blocks), toAdf(blocks)];
  },
  'a piece of an answer': (text) => {
    const unshown = new UnshownText();
    unshown.add(text);
    return unshown.next();
  },
  'storage words': (text) => [storageWords(text), hasMacros(text)],
};

describe.each(Object.entries(readers))('%s', (_, read) => {
  test.each(nastyUnits)('takes ten times the time for ten times of %j, not the square', async (unit) => {
    let growth = Number.POSITIVE_INFINITY;
    // Others share the processor: what is the square, a hundred times, stays the square.
    for (let tries = 0; tries < 4 && growth > 30; tries += 1) growth = Math.min(growth, await growthOf(read, unit));
    expect(growth).toBeLessThanOrEqual(30);
  });
});
