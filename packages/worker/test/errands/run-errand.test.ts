import type { QuestionRecord } from '@vera/ledger/ledger';
import { homeLinkActionId } from '@vera/protocol/errand';
import { describe, expect, test } from 'vitest';
import type { ErrandParams } from '../../src/errands/run-errand.ts';
import { northwind } from '../northwind.ts';
import { questionOf } from '../question.ts';
import { desk, link, startErrand as started } from './start-errand.ts';

describe('the errand of a command', () => {
  test('F23 reaches one person by the response URL, where the app is no member and may say nothing', async () => {
    const secret = { id: 'GSECRET', name: 'secret', kind: 'group' as const, members: ['UANN', 'UBOB'] };
    const alone = { id: 'DBOTH', name: 'both', kind: 'im' as const, members: ['UANN', 'UBOB'] };
    await using errand = await started({}, { workspace: { ...northwind, channels: [...northwind.channels, secret, alone] } });
    errand.slack.inject({ method: 'chat.postMessage', kind: 'error', error: 'channel_not_found', times: Number.POSITIVE_INFINITY });
    for (const channel of ['GSECRET', 'DBOTH']) {
      for (const wish of ['connect', 'status', 'forget'] as const) expect(await errand.told(wish, channel)).not.toBe('');
    }
    expect(errand.slack.ephemerals('UANN').map(({ channel }) => channel)).toEqual([...Array(3).fill('GSECRET'), ...Array(3).fill('DBOTH')]);
    expect(errand.slack.ephemerals('UBOB')).toEqual([]);
    expect(errand.slack.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
    for (const channel of ['GSECRET', 'DBOTH', 'DANN', 'COPS']) expect(errand.slack.messages(channel)).toEqual([]);
    expect(errand.lines.join()).not.toContain('/commands/');
  });

  test('connect brings a private link, or says that there is none to be had', async () => {
    await using errand = await started();
    expect(await errand.told('connect')).toContain(`<${link}|open your accounts>`);
    expect(JSON.stringify(errand.slack.ephemerals('UANN').at(-1)?.blocks)).toContain('open_accounts');
    expect(errand.lines.join()).not.toContain('ticket');
    await using without = await started({ accounts: undefined } as unknown as Partial<ErrandParams>);
    expect(await without.told('connect')).toContain('Nobody can connect accounts here');
  });

  test('status tells what of theirs is open, what waits for their yes, and which accounts are theirs; nothing that others asked', async () => {
    const record = (more: Partial<QuestionRecord>, question: Partial<QuestionRecord['question']> = {}): QuestionRecord => ({
      question: questionOf({ messageTs: '1.1', text: '<@UVERA> is a &lt; b, <@UBOB>?', ...question }),
      state: 'running',
      attempts: 1,
      receivedAt: 1,
      leg: 0,
      changes: {},
      replies: [],
      feedback: {},
      ...more,
    });
    const change = { id: 'c1', title: 'Open <!here> ticket', approvers: ['UANN'] } as unknown as QuestionRecord['changes'][string];
    const waitsForYes = { state: 'waiting', waitsFor: { kind: 'decision', change: 'c1', until: 9 }, changes: { c1: change } } as const;
    await using errand = await started({
      openQuestionsOf: async () => [
        record({}),
        record({}, { userId: 'UBOB', text: 'a secret of Bob' }),
        record(waitsForYes, { userId: 'UBOB', text: 'another secret of Bob' }),
        record({ state: 'waiting', waitsFor: { kind: 'account', provider: 'github', until: 9 } }, { isDirect: true, text: 'mine' }),
        record({}, { text: '', shortcut: { about: '1.0' } }),
      ],
    });
    const text = await errand.told('status');
    expect(text).toContain('I am up and running');
    expect(text).toContain('“is a &lt; b, @someone?” is being worked on, in <#COPS>');
    expect(text).toContain('“Open &lt;!here&gt; ticket” waits for your yes, in <#COPS>');
    expect(text).toContain('“mine” waits until you connect an account, in our direct messages');
    expect(text).toContain('“Ask Vera about this” is being worked on');
    expect(text).not.toContain('secret of Bob');
    expect(text).toContain('*Atlassian* (Jira and Confluence): connected as Ann Lee &lt;!here&gt; (northwind)');
    expect(text).toContain('*GitHub* (code): not connected');
  });

  test('status says that nothing is open, and what could not be looked up', async () => {
    await using errand = await started();
    expect(await errand.told('status')).toContain('Nothing: no question of yours is open');
    const down = () => Promise.reject(new Error('down'));
    await using blind = await started({ openQuestionsOf: down, accounts: { ...desk, connectionsOf: down } });
    const text = await blind.told('status');
    expect(text).toContain('could not look up your questions');
    expect(text).toContain('could not look up your accounts');
  });

  test('forget says what is kept, how long, and where accounts are ended', async () => {
    await using errand = await started();
    const text = await errand.told('forget');
    for (const part of ['30 days', 'Ann Lee', link, 'no other memory']) expect(text).toContain(part);
  });

  test('is not done while Slack does not take the words, so that it comes again', async () => {
    await using errand = await started();
    await expect(errand.run('status', { responseUrl: `${errand.slack.url}/commands/T01/1/never-issued` })).rejects.toMatchObject({
      code: 'errand',
    });
    await expect(errand.run('status', { responseUrl: 'https://elsewhere.test/commands/T01/1/x' })).rejects.toMatchObject({
      code: 'errand',
    });
  });
});

describe('the home tab', () => {
  test('says what Vera can do, gives examples, and shows accounts with names; no link before it is asked for', async () => {
    await using errand = await started();
    await errand.run('home');
    for (const part of [
      'Vera at Northwind',
      'Today your questions came to 12,345 tokens, $0.03.',
      'Who is on call',
      'connected as Ann Lee',
      'not connected',
      homeLinkActionId,
    ])
      expect(errand.home()).toContain(part);
    expect(errand.home()).not.toContain('ticket=');
    expect(errand.done()).toMatchObject([{ method: 'views.publish' }]);
  });

  test('has a link in it once its button was pressed, and none the next time it is opened', async () => {
    await using errand = await started();
    await errand.run('home-link');
    expect(errand.home()).toContain(link);
    expect(errand.home()).not.toContain(homeLinkActionId);
    await errand.run('home');
    expect(errand.home()).not.toContain(link);
    expect(errand.slack.home('UBOB')).toBeUndefined();
  });

  test('is there without accounts, with a company of a long name, and while they cannot be looked up', async () => {
    await using without = await started({ accounts: undefined, companyName: 'x'.repeat(300) } as unknown as Partial<ErrandParams>);
    await without.run('home');
    expect(without.home()).toContain('Nobody can connect accounts here');
    expect(without.home()).not.toContain(homeLinkActionId);
    await using blind = await started({ accounts: { ...desk, connectionsOf: () => Promise.reject(new Error('down')) } });
    await blind.run('home');
    expect(blind.home()).toContain('could not look up your accounts');
    await using dark = await started({ dayOf: () => Promise.reject(new Error('throttled')) });
    await dark.run('home');
    expect(dark.home()).toContain('Vera at Northwind');
    expect(dark.home()).not.toContain('Your day');
  });

  test.each(['not_enabled', 'missing_scope'])(
    'that Slack refuses with %s is no error, and is not asked for again in this process',
    async (error) => {
      await using errand = await started();
      errand.slack.inject({ method: 'views.publish', kind: 'error', error, times: Number.POSITIVE_INFINITY });
      await errand.run('home');
      await errand.run('home');
      expect(errand.slack.calls.filter(({ method }) => method === 'views.publish')).toHaveLength(1);
      expect(errand.lines.filter((line) => line.includes('errand.refused'))).toHaveLength(2);
    },
  );

  test('that Slack did not answer for comes again', async () => {
    await using errand = await started();
    errand.slack.inject({ method: 'views.publish', kind: 'http', status: 500, times: Number.POSITIVE_INFINITY });
    await expect(errand.run('home')).rejects.toMatchObject({ code: 'slack' });
  });
});
