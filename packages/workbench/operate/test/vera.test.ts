import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isSignedOut } from '../src/sign-in.ts';

const vera = fileURLToPath(new URL('../src/vera.ts', import.meta.url));
/** Nobody is signed in, and no machine of AWS's is asked who it is. */
const env = { PATH: '/usr/bin:/bin', HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' };

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [vera, ...words], { encoding: 'utf8', env, input: '' });
  return { status, output: `${stdout}${stderr}` };
}

describe('pnpm vera', () => {
  it.each([
    ['a token for a command', ['xoxb-1234567890-AbCdEfGhIj']],
    ['the token behind its name', ['secrets', 'SLACK_BOT_TOKEN', 'xoxb-1234567890-AbCdEfGhIj']],
    ['its name and its value in one', ['secrets', 'SLACK_SIGNING_SECRET=0f1e2d3c4b5a69788796a5b4c3d2e1f0']],
    ['a signing secret, which has no form', ['secrets', '0f1e2d3c4b5a69788796a5b4c3d2e1f0']],
    ['as an option that nobody knows', ['check', '--token=0f1e2d3c4b5a69788796a5b4c3d2e1f0']],
    ['as a command', ['0f1e2d3c4b5a69788796a5b4c3d2e1f0']],
  ])('repeats nothing of a key that stands on its command line: %s', (_, words) => {
    const { status, output } = run(...words);
    expect(status).toBe(1);
    expect(output).toMatch(/Word \d looks like a key|Word \d is no key|There is no such command/);
    expect(output).not.toMatch(/1234567890|0f1e2d3c/);
  });

  it.each([
    [['chekc'], /^There is no such command\. Did you mean pnpm vera check\?/],
    [['secrets', 'SLACK_BOT_TOKE'], /Did you mean SLACK_BOT_TOKEN\?/],
    [['logs', '--qestion', 'last'], /^There is no option --qestion here: did you mean --question\?\nUsage: pnpm vera logs/],
    [['check', '--local'], /^There is no --local here: this command looks at what is deployed, and nowhere else\.\nUsage/],
    [['questions', 'opn'], /^There is no such word here\. Did you mean open\?\nUsage/],
    [['audit', 'vrify'], /Did you mean verify\?/],
    [['kb', 'snyc'], /Did you mean sync\?/],
    [['sessions', 'foo'], /^There is no such word here\. It takes list, stop\./],
    [['cost', 'estimat'], /Did you mean estimate\?/],
    [['affinity', '--days', '-1'], /^--days needs a value behind it, one that does not begin with a hyphen\./],
    [['cost', 'estimate', '--per-day', '-5'], /^--per-day needs a value/],
    [['cost', 'estimate', '--traffic', 'few', '--per-day', '9'], /^--traffic and --per-day say the same/],
    [['cost', 'estimate', '--per-day', '10', '--per-thread', '20'], /^--per-thread is more than there are questions in a day/],
    [['explain', 'last', 'last'], /^One question at a time\./],
    [['questions', 'retry'], /^Which one\?/],
    [['secrets', '--gateway', 'JIRA'], /asks for all keys of the gateway/],
  ])('says of %j what is meant', (words, said) => {
    expect(run(...words)).toEqual({ status: 1, output: expect.stringMatching(said) });
  });

  it.each([
    ['logs', '--question', 'last'],
    ['questions', 'open'],
    ['audit', 'verify'],
  ])('tells who is not signed in how to be: %s %s', (...words) => {
    expect(run(...words)).toEqual({ status: 1, output: expect.stringMatching(/AWS does not know you \(\w+\)\. Remedy: aws sso login/) });
  });
});

it('knows who is not signed in by the name of the error, or of what it came from', () => {
  const named = (name: string, cause?: Error) => Object.assign(new Error('x', { cause }), { name });
  for (const name of ['CredentialsProviderError', 'ExpiredTokenException', 'UnrecognizedClientException', 'InvalidClientTokenId'])
    expect([name, isSignedOut(named(name)), isSignedOut(named('Other', named(name)))]).toEqual([name, true, true]);
  for (const name of ['AccessDeniedException', 'ThrottlingException', 'InvalidNextTokenException'])
    expect([name, isSignedOut(named(name))]).toEqual([name, false]);
});
