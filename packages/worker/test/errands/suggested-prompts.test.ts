import { isOfThemselves } from '@vera/agent-core-stand-in/memory/extraction';
import { rehearse } from '@vera/bedrock-stand-in/rehearsal/rehearse';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/accounts/account-desk.ts';
import { type Abilities, abilityLines } from '../../src/errands/abilities.ts';
import { allPrompts, suggestedPrompts } from '../../src/errands/suggested-prompts.ts';

const everything: Abilities = {
  systems: ['AWS', 'GitHub', 'Jira', 'PagerDuty'],
  documents: ['Handbook'],
  readsSlack: true,
  changes: true,
  remembers: true,
};
const nothing: Abilities = { systems: [], documents: [], readsSlack: false, changes: false, remembers: false };
const atlassian = (state?: 'connected' | 'expired'): Connection => ({
  provider: { name: 'Atlassian', use: 'Jira and Confluence' },
  ...(state ? { account: { name: 'Ann', sites: [], state } } : {}),
});
const titles = (occasion: Parameters<typeof suggestedPrompts>[0]) => suggestedPrompts(occasion).map(({ title }) => title);

describe('suggested prompts', () => {
  test('are for what is there: without anything, what Vera can do', () => {
    expect(titles({ abilities: nothing, connections: 'none', channelName: 'ops' })).toEqual(['What can you do?']);
    expect(titles({ abilities: { ...nothing, systems: ['Pagerduty', 'Wiki'] }, connections: 'none' })).toEqual([
      'Who is on call?',
      'What can you do?',
    ]);
    expect(titles({ abilities: { ...nothing, documents: ['Handbook'] }, connections: undefined })).toEqual([
      'Where do I begin?',
      'What can you do?',
    ]);
  });

  test('lead to a ticket only who can open one; who has no account to connecting one, where that can be done', () => {
    const abilities = { ...nothing, changes: true };
    expect(titles({ abilities, connections: [atlassian('connected')] })).toContain('Open a ticket');
    expect(titles({ abilities, connections: [atlassian()] })).toEqual(['Connect my accounts', 'What can you do?']);
    for (const connections of [[], 'none', undefined, [atlassian('expired')]] as const) {
      expect(titles({ abilities, connections })).toEqual(['What can you do?']);
    }
    expect(titles({ abilities: nothing, connections: [atlassian('connected')] })).not.toContain('Open a ticket');
  });

  test('are at most four, each of some plain words, whatever there is', () => {
    expect(suggestedPrompts({ abilities: everything, connections: [atlassian()], channelName: 'ops' })).toHaveLength(4);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), fc.boolean(), (channelName, systems, flag) => {
        const abilities = {
          systems: [...systems, ...everything.systems],
          documents: flag ? systems : [],
          readsSlack: flag,
          changes: flag,
          remembers: flag,
        };
        const prompts = suggestedPrompts({ abilities, connections: [atlassian('connected')], channelName });
        expect(prompts.length).toBeLessThanOrEqual(4);
        expect(new Set(prompts.map(({ title }) => title)).size).toBe(prompts.length);
        for (const { title, message } of prompts) {
          expect(Math.min(title.length, message.length)).toBeGreaterThan(0);
          expect(Math.max(title.length, message.length)).toBeLessThanOrEqual(140);
          expect(title + message).not.toMatch(/[<>\n]/);
        }
      }),
    );
  });
});

describe('a prompt of the demo', () => {
  const abilities = { ...everything, systems: ['Confluence', 'Jira', 'PagerDuty'] };
  const offered = [[atlassian()], [atlassian('connected')]].flatMap((connections) =>
    allPrompts({ abilities, connections, channelName: 'general' }),
  );
  const playedBy = new Map<string, string | undefined>([
    ['Catch up on #general', 'read_slack'],
    ['Who is on call?', 'gateway_pagerduty___listOnCalls'],
    ['What changed in Jira?', 'gateway_jira___searchIssues'],
    ['Where do I begin?', 'search_knowledge_base'],
    ['What do you remember?', 'show_memories'],
    ['Connect my accounts', 'connect_accounts'],
    // Which project there is; then it asks what the ticket is about.
    ['Open a ticket', 'gateway_jira___searchProjects'],
    ['What can you do?', undefined],
  ]);
  const tools = [...new Set([...playedBy.values(), 'create_jira_issue'])].flatMap((name) =>
    name === undefined ? [] : { toolSpec: { name, description: '', inputSchema: { json: {} } } },
  );
  const ask = (text: string) =>
    rehearse({
      modelId: 'm',
      stream: true,
      messages: [{ role: 'user', content: [{ text: `Maya Lindqvist: ${text}` }] }],
      toolConfig: { tools },
    } as Parameters<typeof rehearse>[0]);

  test.each(offered)('has the tool called that it is for: $title', ({ title, message }) => {
    const { text, calls } = ask(message);
    expect(playedBy.has(title)).toBe(true);
    expect([calls[0]?.name, text === '']).toEqual([playedBy.get(title), playedBy.get(title) !== undefined]);
  });

  test.each(offered)('states nothing of who clicks it, which would be remembered: $message', ({ message }) => {
    expect(message.split(/(?<=[.?!])\s/).filter(isOfThemselves)).toEqual([]);
  });
});

describe('what Vera can do here', () => {
  test('names what is there, escaped and counted', () => {
    const lines = abilityLines({ ...everything, systems: Array.from({ length: 30 }, (_, index) => `<!here> ${index}`) }).join('\n');
    expect(lines).toContain('Handbook, Slack, &lt;!here&gt; 0,');
    expect(lines).toContain('and 17 more.');
    expect(lines).not.toContain('<!here>');
    expect(lines.length).toBeLessThan(3_000);
  });

  test('claims nothing that is not', () => {
    const lines = abilityLines(nothing).join('\n');
    expect(lines).not.toContain('look things up');
    expect(lines).toContain('I change nothing');
    expect(lines).not.toContain('remember');
    expect(abilityLines(everything).join('\n')).toContain('“What do you remember of me?”');
  });
});
