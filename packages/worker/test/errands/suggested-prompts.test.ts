import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/accounts/account-desk.ts';
import { type Abilities, abilityLines } from '../../src/errands/abilities.ts';
import { suggestedPrompts } from '../../src/errands/suggested-prompts.ts';

const everything: Abilities = { systems: ['AWS', 'GitHub', 'Jira', 'PagerDuty'], documents: ['Handbook'], readsSlack: true, changes: true };
const nothing: Abilities = { systems: [], documents: [], readsSlack: false, changes: false };
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
        const abilities = { systems: [...systems, ...everything.systems], documents: flag ? systems : [], readsSlack: flag, changes: flag };
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
  });
});
