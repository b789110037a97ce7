import type { Change } from '@vera/protocol/change';
import { classify } from '@vera/protocol/classify';
import { decisionActionIds, decisionValueOf, reasonInputId } from '@vera/protocol/decision';
import { wordsOf } from '@vera/protocol/message-words';
import { textLimits } from '@vera/protocol/shorten';
import { createLog } from '@vera/service-kit/log';
import { changeCard } from '@vera/slack/change-card';
import { connectLinkText } from '@vera/slack/connect-link-text';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { AtlassianClient } from '../src/atlassian/client/atlassian-client.ts';
import { pathOf } from '../src/atlassian/client/atlassian-client.ts';
import { refusalWords } from '../src/atlassian/client/refusal-words.ts';
import { pickNamed } from '../src/atlassian/pick-named.ts';
import { listServiceDesks } from '../src/atlassian/service-desk/list-service-desks.ts';
import { usableSchema } from '../src/mcp/input-schema.ts';
import { personWrite } from '../src/mcp/person-write.ts';
import { createKeptOutputs, errorText } from '../src/mcp/tool-results.ts';
import { memoryQuery } from '../src/memory/memory-query.ts';
import { toStandingRequest } from '../src/memory/standing-request.ts';
import { toPlainText } from '../src/reply/harmless-markdown.ts';
import { stateOf } from '../src/reply/markdown-state.ts';
import { blocksUnder } from '../src/reply/reply-blocks.ts';
import { threadTitleOf } from '../src/reply/thread-title.ts';
import { tellThreads } from '../src/slack-reading/tell-threads.ts';
import { createPeople } from '../src/thread/people.ts';
import { createSources } from '../src/tools/search-knowledge-base.ts';
import { evaluate } from '../src/tools/sums-and-dates.ts';
import { ToolFailure, tool } from '../src/tools/tool.ts';
import { startGate } from './changes/start-gate.ts';
import { httpAt, serverOf } from './mcp/start-tool-servers.ts';
import { startMemory } from './memory/start-memory.ts';
import { startWriter } from './reply/start-writer.ts';

type Limit = keyof typeof textLimits;

const account = { token: 't', accountId: '1', sites: [] };
const { signal } = new AbortController();

/** Of each limit a text that is cut at it, as it stands where people, a model or Slack get it. */
const cut: Readonly<Record<Limit, (text: string) => string | undefined | Promise<string | undefined>>> = {
  messageText: (text) => wordsOf({ text }).text,
  quotedTexts: (text) => wordsOf({ attachments: [{ text }] }).quotes[0]?.text,
  typedWords: (text) => {
    const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
    return wordsOf({ text: 'shorter', blocks: [{ type: 'rich_text', elements: [section] }] }).typed;
  },
  toolResult: async (text) =>
    (await tool({ name: 'x', title: 'x', description: 'x', inputSchema: z.object({}), callback: () => text }).run({}, signal)).text,
  toolResultPart: (text) =>
    between(createKeptOutputs().show(text, 'Ops', serverOf({ transport }).limits.longestOutput), '>\n', '\n</data>'),
  memoryQuery: (text) => memoryQuery(text, []),
  notedWords: async (text) => {
    await using started = await startMemory();
    await started.memory.note(started.asking({ text }));
    return String(started.stored.events[0]?.payload.map((part) => 'conversational' in part && part.conversational.content.text));
  },
  standingRequest: (text) => toStandingRequest({ kind: 'preference', text, place: 'open' }).text,
  rememberedFact: async (text) => {
    await using started = await startMemory();
    started.stored.plant({ text, namespace: '/facts/slack-T01-UANN/open/' });
    const recalled = await started.memory.recall(started.asking({}));
    return recalled === 'off' ? undefined : recalled.facts[0]?.slice('2026-11-23: '.length);
  },
  toolDescription: (text) => serverWrite(text).description,
  changeResult: async (text) => {
    await using gate = await startGate([[{ call: 'write_note', input: { text: 'x' } }], 'No.'], {
      perform: () => {
        throw new ToolFailure(text);
      },
    });
    const question = await gate.asked();
    await gate.waits(question);
    await gate.press(question, 'approve');
    return Object.values((await gate.closed(question))?.changes ?? {})[0]?.result?.text;
  },
  foundMessage: async (text) => {
    const place = { id: 'COPS', name: 'ops', kind: 'public', isShared: false } as const;
    const people = createPeople(async () => ({}), Date.now);
    const thread = { channel: 'COPS', place, messages: [{ ts: '1.000002', user: 'UANN', text }] };
    const told = await tellThreads([thread], { people, sources: createSources(), botUserId: 'UVERA' });
    return between(told.text, '">\n', '\n</data>');
  },
  plainAnswer: (text) => toPlainText(text),
  textObject: (text) => JSON.parse(JSON.stringify(blocksUnder([], '1.2', { troubles: [text] })[0])).elements[0].text,
  serverChangeResult: async (text) => (await serverWrite('x', text).perform({}, account, signal, 'key-1')).text,
  refusal: (text) => between(refusalWords(JSON.stringify({ errorMessages: [text] }), 'Jira'), '>\n', '\n</data>'),
  toolError: (text) => errorText(text),
  cardTitle: (text) => changeCard({ ...change, title: text }, '1.2').text.replace('May I? ', ''),
  reason: (text) => {
    const verdict = classify(new TextEncoder().encode(new URLSearchParams({ payload: JSON.stringify(denial(text)) }).toString()), form, {
      allowedBotIds: [],
    });
    return verdict.kind === 'action' && verdict.action.kind === 'decision' ? verdict.action.reason : undefined;
  },
  deskDescription: async (text) =>
    between(String(await listServiceDesks(deskWith(text)).read({}, { ...account, sites: [site] }, signal)), 'Help: ', '\n</data>'),
  taskTitle: async (text) => {
    await using started = await startWriter();
    started.writer.showTask({ id: 't1', title: text, status: 'in_progress' });
    await expect.poll(() => started.messages()[0]?.tasks).toHaveLength(1);
    return started.messages()[0]?.tasks?.[0]?.title;
  },
  line: (text) => between(connectLinkText('https://a.example', text), 'To ', ' I need'),
  quote: (text) =>
    between(
      failureOf(() => pathOf`/issue/${text}`),
      '"',
      '" is no',
    ),
  listedName: (text) =>
    between(
      failureOf(() => pickNamed([text], { what: 'x', wanted: 'y', nameOf: (name) => name })),
      'Atlassian">\n',
      '.\n</data>',
    ),
  name: (text) => createPeople(async () => ({ user: { name: text } }), Date.now).name('UANN'),
  sessionTitle: threadTitleOf,
  codeLanguage: (text) => stateOf(`\`\`\`${text}\nx\n`).fence?.info,
  unreadable: (text) => {
    const read = evaluate(text);
    return read.kind === 'error' ? between(read.message, 'at "', '"') : undefined;
  },
};

const site = { id: '1', name: 'Clinic', url: 'https://clinic.example' };
const transport = httpAt(new URL('https://ops.example'));
const form = 'application/x-www-form-urlencoded';
const change: Change = {
  ...{ id: 'c1', tool: 'write', input: '{}', args: '{}', title: 'x', system: 'Tracker', fields: [], asker: 'UANN', account: 'ann' },
  ...{ approvers: ['UANN'], proposedAt: 0, expiresAt: 900_000, state: 'proposed', revision: 'r0', hash: 'a'.repeat(64) },
};

function denial(reason: string) {
  const value = decisionValueOf({ messageTs: '1.2', change: 'c1', hash: change.hash });
  return {
    ...{ type: 'block_actions', user: { id: 'U01', team_id: 'T01' }, team: { id: 'T01' } },
    container: { type: 'message', message_ts: '1.3', channel_id: 'C01', thread_ts: '1.2' },
    state: { values: { [reasonInputId]: { [reasonInputId]: { type: 'plain_text_input', value: reason } } } },
    actions: [{ type: 'button', action_id: decisionActionIds.deny, block_id: 'b', value, action_ts: '1.4' }],
  };
}

function deskWith(description: string): AtlassianClient {
  const answers: Record<string, unknown> = {
    '/rest/servicedeskapi/servicedesk': { id: '1', projectKey: 'HELP', projectName: 'IT' },
    '/rest/servicedeskapi/servicedesk/1/requesttype': { id: '2', name: 'Help', description },
  };
  const refuse = () => Promise.reject(new Error('not asked'));
  return {
    at: () => ({
      site,
      accountId: '1',
      ask: refuse,
      change: refuse,
      get: async (path, schema) => schema.parse({ values: [answers[path]] }),
    }),
  };
}

function serverWrite(description: string, said = '') {
  const schema = usableSchema({});
  if (!schema) throw new Error('no schema');
  const client = {
    listTools: async () => ({ tools: [] }),
    callTool: async () => ({ content: [{ type: 'text', text: said }] }),
    close: async () => {},
  };
  const log = createLog({ service: 'worker', write: () => {} });
  return personWrite({ name: 'x', description, inputSchema: {} }, schema, {
    server: serverOf({ transport }),
    provider: 'github',
    open: async () => client,
    log,
  });
}

function failureOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof ToolFailure ? error.message : '';
  }
}

function between(text: string, before: string, after: string): string {
  const start = text.indexOf(before) + before.length;
  return text.slice(start, text.lastIndexOf(after));
}

// Not with emoji, which Slack hands on as names between colons.
test.each(Object.keys(cut) as Limit[])('a text longer than the limit “%s” is cut at it, and no character in two', async (limit) => {
  for (const start of ['', 'x', '𠮷x']) {
    const short = (await cut[limit](start + '𠮷'.repeat(20_000))) ?? '';
    // Half a character became another one on some of these ways.
    expect(short.replaceAll('𠮷', '')).toMatch(/^[ -~\n]*…?$/);
    expect(short.length).toBeLessThanOrEqual(textLimits[limit]);
    expect(short.length).toBeGreaterThan(textLimits[limit] - 60);
    expect(short).toContain('𠮷');
  }
});

test('what is cut keeps its mark', async () => {
  const text = 'said '.repeat(20_000);
  const results = [
    createKeptOutputs().show(text, 'Ops', 20_000).split('\n(Cut')[0],
    refusalWords(JSON.stringify({ message: text }), 'Jira').trim(),
  ];
  for (const result of [...results, String(await listServiceDesks(deskWith(text)).read({}, { ...account, sites: [site] }, signal))]) {
    expect(result).toMatch(/^<data from="\w+">\n/);
    expect(result?.endsWith('\n</data>')).toBe(true);
  }
});
