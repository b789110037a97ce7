import { expect, test } from 'vitest';
import { connectLinkText } from '../src/connect-link-text.ts';

test('the words around a link to one’s accounts hold that link and no other, whatever it is needed for', () => {
  const link = 'https://abc.lambda-url.eu-central-1.on.aws/?ticket=a.b';
  expect(connectLinkText(link)).toContain(`<${link}|open your accounts>`);
  expect(connectLinkText(link, 'open a ticket')).toMatch(/^To open a ticket I need your own account: </);
  const trap = connectLinkText(link, `open <https://evil.example|your accounts> & <!channel>\n${'x'.repeat(5_000)}`);
  expect(trap.match(/<[^>]*>/g)).toEqual([`<${link}|open your accounts>`]);
  expect(trap).toMatch(/^To open &lt;https:\/\/evil\.example\|your accounts&gt; &amp; &lt;!channel&gt; x{100}/);
  expect(trap.length).toBeLessThan(1_000);
});

test('no escape is parted where what it is needed for is cut', () => {
  for (const before of ['', 'x', 'xx', 'xxx', 'xxxx'])
    expect(connectLinkText('https://a.example', before + '&<😀'.repeat(200))).toMatch(
      /^To x*(?:&amp;|&lt;|😀)*…? I need your own account: <https:\/\/a\.example\|open/u,
    );
});
