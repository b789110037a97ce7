import { describe, expect, test } from 'vitest';
import { mentionedUsers, toReadableText } from '../../src/thread/read-conversation.ts';

const nameOf = (id: string) => ({ U1: 'Ann', UVERA: 'Vera' })[id] ?? 'someone';

describe('what a person wrote becomes what a person reads', () => {
  test.each([
    ['<@UVERA> who is <@U1|ann>?', '@Vera who is @Ann?'],
    [
      '<https://p.example/1|[#7] TerminalDisconnectRate: 74 &lt;terminals&gt;>',
      '[#7] TerminalDisconnectRate: 74 <terminals> (https://p.example/1)',
    ],
    ['see <https://example.com/a?b=1&amp;c=2|the page>', 'see the page (https://example.com/a?b=1&c=2)'],
    ['see <https://example.com/a>', 'see https://example.com/a'],
    ['<mailto:a@example.com|a@example.com>', 'a@example.com (mailto:a@example.com)'],
    ['in <#C1|ops> and <!subteam^S1|@oncall> and <!here> and <!channel|channel>', 'in #ops and @oncall and @here and @channel'],
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['&amp;lt; stays an entity', '&lt; stays an entity'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(toReadableText(text, nameOf)).toBe(expected);
  });

  test('escaped mark-up of an attacker stays text', () => {
    expect(toReadableText('&lt;@U1&gt;', nameOf)).toBe('<@U1>');
  });
});

test('everybody mentioned is found', () => {
  expect(mentionedUsers('<@U1> and <@U2|bob> but not <#C1|ops> or @U3')).toEqual(['U1', 'U2']);
});
