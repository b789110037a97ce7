import { describe, expect, it } from 'vitest';
import { cleanSecret } from '../../src/secrets/clean-secret.ts';

// Put together here, so that no scanner takes them for real ones.
const token = ['xoxb', '8812345678', '9923456789012', 'AbCdEfGhIjKlMnOpQrStUvWx'].join('-');
const appToken = ['xapp', '1', 'A012ABCDEF', '8812345678', 'abcdef0123456789'].join('-');
const signing = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const bot = (pasted: string) => cleanSecret('SLACK_BOT_TOKEN', pasted);

describe('D25 what was pasted', () => {
  it.each([
    ['a line break', `${token}\n`],
    ['line breaks of Windows', `\r\n${token}\r\n\r\n`],
    ['quotes', `"${token}"`],
    ['single quotes and blanks', ` ' ${token} ' `],
    ['backticks', `\`${token}\``],
    ['quotes of a word processor', `“${token}”`],
    ['quotes of a German one', `„${token}“`],
    ['angle quotes', `«${token}»`],
    ['a no-break space', `\u00a0${token}\u00a0`],
    ['a narrow one, in quotes', `"\u202f${token}\u202f"`],
    ['a byte order mark', `\ufeff${token}`],
    ['what takes no room', `\u200b${token}\u200d\u2060`],
    ['a mark of direction', `\u202a${token}\u202c`],
    ['a tabulator', `\t${token}\t`],
    ['a line of .env', `SLACK_BOT_TOKEN=${token}`],
    ['a line of a shell', `export SLACK_BOT_TOKEN="${token}"`],
    ['a line of JSON', `"SLACK_BOT_TOKEN": "${token}",`],
  ])('is the token alone: %s around it', (_, pasted) => {
    expect(bot(pasted)).toEqual({ kind: 'clean', value: token });
  });

  it.each([
    ['an app-level token', appToken, /app-level token.*OAuth & Permissions/],
    ['an app-level token in quotes', `"${appToken}"\n`, /app-level token/],
    ['a user token', token.replace('xoxb', 'xoxp'), /user token/],
    ['a token that expires', token.replace('xoxb', 'xoxe.xoxb'), /rotation/],
    ['a token of a browser', token.replace('xoxb', 'xoxc'), /another token of Slack/],
    ['a signing secret', signing, /xoxb-/],
    ['an incoming webhook', 'https://hooks.slack.com/services/T0/B0/abc', /an address/],
    ['the placeholder of the guide', 'xoxb-…OAuth & Permissions…', /placeholder/],
    ['three dots', 'xoxb-...', /placeholder/],
    ['the beginning alone', 'xoxb-', /placeholder/],
    ['angle brackets', '<SLACK_BOT_TOKEN>', /placeholder/],
    ['a variable', '$SLACK_BOT_TOKEN', /placeholder/],
    ['your token', 'xoxb-your-token-here', /placeholder/],
    ['crosses', 'xoxb-xxxxxxxxxxxx', /placeholder/],
    ['what hides it', '••••••••••••', /Show/],
    ['what hides it, as stars', '************', /Show/],
    ['a no-break space inside', token.replace('Gh', 'Gh\u00a0'), /no-break space \(U\+00A0\) stands inside/],
    ['a joiner inside', token.replace('Gh', 'Gh\u200b'), /U\+200B/],
    ['a Cyrillic letter inside', token.replace('A', '\u0410'), /U\+0410/],
    ['a line break inside', token.replace('Gh', 'G\nh'), /a line break stands inside/],
    ['a second token', `${token} ${token}`, /a blank stands inside/],
    ['half of its quotes', `"${token}`, /one end only/],
    ['a whole document', `{"SLACK_BOT_TOKEN":"${token}"}`, /one key at a time/],
    ['quotes alone', '""', /nothing is left/],
  ])('is refused, and nothing of it is told: %s', (_, pasted, why) => {
    const cleaned = bot(pasted);
    expect(cleaned).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
    expect(JSON.stringify(cleaned)).not.toMatch(/8812345678|0f1e2d|hooks\.slack/);
  });

  it.each([
    ['SLACK_SIGNING_SECRET', token, /bot token/],
    ['SLACK_SIGNING_SECRET', '1234567890.1234567890', /32 letters and digits/],
    ['SLACK_CLIENT_SECRET', token, /bot token/],
    ['ATLASSIAN_CLIENT_SECRET', `ATATT${'3xFfGF0'.repeat(8)}`, /API token of Atlassian/],
    ['GITHUB_CLIENT_SECRET', `ghp_${'aB3'.repeat(12)}`, /token of GitHub/],
    ['GITHUB_CLIENT_SECRET', 'short', /at least 8/],
  ])('of %s that is another kind of key is refused by its kind', (name, pasted, why) => {
    expect(cleanSecret(name, pasted)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  it.each([
    ...[
      'CHANGE_ME',
      'CHANGE_ME_PLEASE',
      'change.me.now',
      'changeme-1',
      'ChangeIt-please',
      'TODO_TODO',
      'fill_in_later',
      'undefined',
      '[object Object]',
    ],
    ...['%SPLUNK_TOKEN%', '{{ splunk_token }}', '{{splunk_token}}', '$(SPLUNK_TOKEN)', '@SPLUNK_TOKEN@', 'op://vault/splunk/token'],
    ...['vault:secret/data/splunk#token', 'ssm:/vera/splunk', 'arn:aws:secretsmanager:eu-west-1:1:secret:x', 'env:SPLUNK_TOKEN'],
  ])('D25 for a server of one’s own is no placeholder, nor a place where the key lies: %s', (pasted) => {
    expect(cleanSecret('SPLUNK_TOKEN', pasted)).toEqual({ kind: 'refused', why: expect.stringMatching(/placeholder|stands inside/) });
  });

  it('D25 for a server of one’s own is no token of Vera’s in Slack', () => {
    expect(cleanSecret('SPLUNK_TOKEN', token)).toEqual({ kind: 'refused', why: expect.stringMatching(/bot token of Slack.*MCP server/) });
    expect(cleanSecret('SPLUNK_TOKEN', appToken)).toMatchObject({ kind: 'refused' });
    expect(cleanSecret('SLACK_KEY', token.replace('xoxb', 'xoxp'))).toMatchObject({ kind: 'clean' });
  });

  it('for a server of one’s own may be any key, of whichever kind, and is cleaned all the same', () => {
    expect(cleanSecret('LINEAR_KEY', ' "lin_api_0123456789"\n')).toEqual({ kind: 'clean', value: 'lin_api_0123456789' });
    expect(cleanSecret('GITHUB_KEY', `github_pat_${'aB3'.repeat(9)}`)).toMatchObject({ kind: 'clean' });
    expect(cleanSecret('LINEAR_KEY', 'your-key')).toMatchObject({ kind: 'refused' });
  });
});
