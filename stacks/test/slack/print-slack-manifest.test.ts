import { expect, it } from 'vitest';
import { printSlackManifest } from '../../slack/print-slack-manifest.ts';

function run(...args: string[]) {
  const printed: string[] = [];
  const hints: string[] = [];
  const settings = { botName: 'Vera', company: 'Northwind', readsSlack: true };
  const code = printSlackManifest({ settings, args, print: (text) => printed.push(text), hint: (text) => hints.push(text) });
  return { code, out: printed.join('\n'), hints: hints.join('\n') };
}

it('prints nothing but JSON where it can be piped, and the reasons beside it', () => {
  const { code, out, hints } = run('--receiver-url', 'https://receiver.example/');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    display_information: { name: 'Vera' },
    settings: { event_subscriptions: { request_url: 'https://receiver.example/' } },
  });
  expect(hints).toMatch(/users:read {2,}to know the names/);
  expect(hints).toContain('verify the URL');
});

it('with the portal lets people sign in there, and without it says so', () => {
  const receiver = ['--receiver-url', 'https://receiver.example/'];
  const { out, hints } = run(...receiver, '--portal-url', 'https://portal.example/');
  expect(JSON.parse(out)).toMatchObject({ oauth_config: { redirect_urls: ['https://portal.example/signed-in'] } });
  expect(hints).toMatch(/openid {2,}to know who/);
  expect(hints).not.toContain('--portal-url');
  expect(run(...receiver).hints).toMatch(/need --portal-url.*nobody can sign in/);
});

it('before the first deployment stands in for the URL and says what to do later', () => {
  const { code, out, hints } = run();
  expect(code).toBe(0);
  expect(out).toContain('https://not-deployed-yet.invalid/');
  expect(hints).toContain('--receiver-url');
});

it('leaves agent features out when asked to', () => {
  expect(JSON.parse(run('--without-agent').out)).not.toHaveProperty('features.agent_view');
  expect(run('--without-agent').hints).not.toContain('assistant:write');
});

it('shows its options', () => {
  expect(run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--without-agent') });
  expect(run('--', '--help')).toMatchObject({ code: 0 });
});

it.each([[['--receiver', 'x']], [['--receiver-url', 'receiver.example']], [['surplus']]])(
  'fails with a hint and prints no manifest: %j',
  (args) => {
    const { code, out, hints } = run(...args);
    expect([code, out]).toEqual([1, '']);
    expect(hints).toContain('Usage:');
  },
);
