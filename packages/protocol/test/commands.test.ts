import { describe, expect, it } from 'vitest';
import { classify } from '../src/classify.ts';
import type { Command } from '../src/command.ts';
import type { Verdict } from '../src/verdict.ts';

/** The fields Slack sends: https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
const fields = {
  token: 't',
  team_id: 'T01',
  team_domain: 'northwind',
  channel_id: 'D02',
  channel_name: 'directmessage',
  user_id: 'U01',
  user_name: 'ann',
  command: '/vera',
  text: 'help',
  api_app_id: 'A01',
  is_enterprise_install: 'false',
  response_url: 'https://hooks.slack.com/commands/T01/1/abc',
  trigger_id: '13345224609.738474920.8088930838d88f008e0',
};

function verdictOn(changes: Readonly<Record<string, string | undefined>>): Verdict {
  const given = Object.entries({ ...fields, ...changes }).filter((field): field is [string, string] => field[1] !== undefined);
  const body = new URLSearchParams(given).toString();
  return classify(new TextEncoder().encode(body), 'application/x-www-form-urlencoded', { allowedBotIds: [] });
}

function commandIn(text: string | undefined): Command {
  const verdict = verdictOn({ text });
  if (verdict.kind !== 'command') throw new Error(JSON.stringify(verdict));
  return verdict.command;
}

describe('a slash command', () => {
  it('says who wants what, and where the answer goes', () => {
    expect(verdictOn({ text: 'status' })).toEqual({
      kind: 'command',
      command: {
        name: '/vera',
        word: 'status',
        text: 'status',
        teamId: 'T01',
        userId: 'U01',
        responseUrl: 'https://hooks.slack.com/commands/T01/1/abc',
        receipt: fields.trigger_id,
      },
    });
  });

  it.each([
    [undefined, 'help'],
    ['', 'help'],
    ['   ', 'help'],
    ['?', 'help'],
    [' HELP ', 'help'],
    ['Help!', 'help'],
    ['ｈｅｌｐ', 'help'],
    ['please help me', 'help'],
    ['hello', 'help'],
    ['Connect', 'connect'],
    ['connect my  accounts, please', 'connect'],
    ['connect github', 'connect'],
    ['disconnect', 'connect'],
    ['\tstatus\n', 'status'],
    ['status.', 'status'],
    ['forget me', 'forget'],
    ['forget everything', 'forget'],
    ['null', 'unknown'],
    ['helpdesk', 'unknown'],
    ['status of the payments incident', 'unknown'],
    ['who is on call?', 'unknown'],
    ['__proto__', 'unknown'],
    ['constructor', 'unknown'],
    ['ヘルプ', 'unknown'],
  ])('%j is taken as %s', (text, word) => {
    expect(commandIn(text).word).toBe(word);
  });

  it.each(['help', 'connect', 'forget', 'status'])('knows %s in every case, between any blanks and full stops', (word) => {
    const around = ['', ' ', '\t\n', '…', ' .! '];
    for (let capitals = 0; capitals < 2 ** word.length; capitals += 1) {
      const typed = [...word].map((letter, index) => (capitals & (1 << index) ? letter.toUpperCase() : letter)).join('');
      const [before, after] = [around[capitals % 5], around[(capitals >> 2) % 5]];
      expect(commandIn(`${before}${typed}${after}`).word).toBe(word);
    }
  });

  it('keeps a question as it was typed, whether Slack escaped it or not', () => {
    expect(commandIn('is a < b & c?').text).toBe('is a < b & c?');
    expect(commandIn('is a &lt; b &amp; c?').text).toBe('is a < b & c?');
  });

  it('is somebody of an Enterprise Grid too', () => {
    const command = { teamId: 'E01', userId: 'W01', word: 'help' };
    expect(verdictOn({ user_id: 'W01', team_id: 'E01', enterprise_id: 'E01', is_enterprise_install: 'true' })).toMatchObject({ command });
  });

  it('goes by another name where the bot has one, and by ours where it has none that Slack allows', () => {
    expect(verdictOn({ command: '/iris' })).toMatchObject({ command: { name: '/iris' } });
    expect(verdictOn({ command: '/<!here>' })).toMatchObject({ command: { name: '/vera' } });
  });

  it('of nobody, or from nowhere, is malformed; without a way back it is one all the same', () => {
    for (const lack of [{ user_id: undefined }, { team_id: undefined }, { user_id: '<@U01>' }, { team_id: '' }]) {
      expect(verdictOn(lack)).toEqual({ kind: 'malformed', reason: 'a command without its ids' });
    }
    expect(verdictOn({ response_url: undefined, trigger_id: undefined })).toMatchObject({ kind: 'command', command: { receipt: '' } });
  });

  it('needs none of the fields that tell where it was given, of whatever kind that is', () => {
    const nowhere = { channel_id: undefined, channel_name: 'a-kind-of-next-year', team_domain: undefined, user_name: undefined };
    expect(verdictOn(nowhere)).toMatchObject({ kind: 'command', command: { word: 'help' } });
  });

  it('is none when Slack only probes our certificate', () => {
    expect(verdictOn({ ssl_check: '1' })).toEqual({ kind: 'ignore', reason: 'certificate probe' });
  });
});
