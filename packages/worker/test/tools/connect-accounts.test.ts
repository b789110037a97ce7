import { describe, expect, it } from 'vitest';
import { ConnectLinkError, type ConnectLinkReason } from '../../src/accounts/send-connect-link.ts';
import { connectAccounts } from '../../src/tools/connect-accounts.ts';

const { signal } = new AbortController();

describe('the tool for one’s own accounts', () => {
  it('sends one link a question, however often it is called, and gives the model none', async () => {
    let sent = 0;
    const tool = connectAccounts({
      sendLink: async () => {
        sent += 1;
      },
    });
    expect(tool).toMatchObject({ name: 'connect_accounts', inputSchema: { type: 'object', properties: {} } });
    const outputs = [...(await Promise.all([tool.run({}, signal), tool.run({ provider: 'github' }, signal)])), await tool.run({}, signal)];
    expect(sent).toBe(1);
    for (const { text, isError } of outputs) {
      expect(isError).toBe(false);
      expect(text).toMatch(/Only the person who asked can see it/);
      expect(text).not.toContain('http');
    }
  });

  it.each<[ConnectLinkReason, RegExp]>([
    ['external', /shared with another company.*direct message/],
    ['bot', /only a person/],
    ['hidden', /direct message/],
    ['unavailable', /may in a minute/],
  ])('says what to do where none is sent: %s', async (reason, words) => {
    const tool = connectAccounts({ sendLink: () => Promise.reject(new ConnectLinkError(reason)) });
    expect(await tool.run({}, signal)).toEqual({ text: expect.stringMatching(words), isError: true });
  });

  it('tries again after a failure, and keeps to itself what failed', async () => {
    let tries = 0;
    const tool = connectAccounts({
      sendLink: async () => {
        tries += 1;
        if (tries === 1) throw new Error('https://portal.example/?ticket=secret');
      },
    });
    const failed = await tool.run({}, signal);
    expect(failed).toMatchObject({ isError: true });
    expect(failed.text).not.toContain('ticket');
    expect(await tool.run({}, signal)).toMatchObject({ isError: false });
  });
});
