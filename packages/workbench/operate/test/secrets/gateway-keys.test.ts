import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import { createPrompt } from '../../src/secrets/create-prompt.ts';
import { askGatewayKeys } from '../../src/secrets/gateway-keys.ts';

const token = `ATATT3${'xF9k'.repeat(46)}=0A1B2C3D`;
const variables = ['TF_VAR_pagerduty_api_key', 'TF_VAR_jira_api_key', 'TF_VAR_confluence_api_key', 'TF_VAR_WIKI_KEY'];

async function asked(input: string, of = variables) {
  const pipe = new PassThrough();
  pipe.end(input);
  const lines: string[] = [];
  using prompt = createPrompt(
    pipe as unknown as ReadStream,
    () => {},
    () => {},
  );
  const keys = await askGatewayKeys({ prompt, tell: (line) => void lines.push(line), variables: of }).catch(
    (error: Error) => error.message,
  );
  return { keys, told: lines.join('\n') };
}

describe('the keys of the gateway’s targets', () => {
  it('are made into what the target is sent, whatever their length, in one line', async () => {
    const { keys } = await asked(`u+AbCdEf123456\nreader@northwind.test:${token}\n\nwiki-key-1\n`);
    const basic = Buffer.from(`reader@northwind.test:${token}`).toString('base64');
    expect(basic.length).toBeGreaterThan(76);
    expect(keys).toEqual({
      TF_VAR_pagerduty_api_key: 'token=u+AbCdEf123456',
      TF_VAR_jira_api_key: basic,
      TF_VAR_confluence_api_key: basic,
      TF_VAR_WIKI_KEY: 'wiki-key-1',
    });
  });

  it('are taken as they are where somebody made that already', async () => {
    const basic = Buffer.from(`reader@northwind.test:${token}`).toString('base64');
    const { keys } = await asked(`token=u+AbCdEf123456\n${basic}\nother@northwind.test:${token}\n`, variables.slice(0, 3));
    expect(keys).toEqual({
      TF_VAR_pagerduty_api_key: 'token=u+AbCdEf123456',
      TF_VAR_jira_api_key: basic,
      TF_VAR_confluence_api_key: Buffer.from(`other@northwind.test:${token}`).toString('base64'),
    });
  });

  it('are left out where nothing is entered: AgentCore has them', async () => {
    expect(await asked('\n\n\n\n')).toEqual({ keys: {}, told: '' });
  });

  it.each([
    ['a token without its address', token, /reader@company\.example:ATATT…/],
    ['what hides it', '••••••••', /press Show/],
    ['a blank inside', `reader@northwind.test:${token.slice(0, 20)} ${token.slice(20)}`, /a blank stands inside/],
  ])('are refused with a reason that shows nothing of them: %s', async (_, pasted, words) => {
    const { keys, told } = await asked(`${pasted}\n`, ['TF_VAR_jira_api_key']);
    expect([keys, told]).toEqual(['Nothing was deployed.', expect.stringMatching(words)]);
    expect(told).not.toContain(token.slice(0, 12));
  });

  it('are none where the settings have no gateway', async () => {
    expect((await asked('', [])).keys).toMatch(/no key of a gateway/);
  });
});
