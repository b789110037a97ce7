import type { Change } from '@vera/protocol/change';
import { describe, expect, it } from 'vitest';
import { changeCard, fitsOnCard } from '../src/change-card.ts';

const change: Change = {
  id: 'c1',
  tool: 'create_jira_issue',
  input: '{}',
  args: '{}',
  title: 'Create a Bug in Payments (PAY)',
  system: 'Jira',
  fields: [],
  asker: 'U01',
  account: '1',
  approvers: ['U01'],
  hash: '0'.repeat(64),
  proposedAt: 0,
  expiresAt: 900_000,
  state: 'proposed',
  revision: 'r1',
};

const shown = (changes: Partial<Change>) => JSON.stringify(changeCard({ ...change, ...changes }, '1.1').blocks);

describe('a card', () => {
  it('shows what no eye sees: marks that turn the direction of writing or have no width', () => {
    const after = 'pay\u200b 100\u202e001\u2066 \u00adnow';
    expect(shown({ fields: [{ field: 'Sum\u200dmary', after }] })).toContain(
      JSON.stringify('pay\\u{200b} 100\\u{202e}001\\u{2066} \\u{ad}now').slice(1, -1),
    );
    expect(shown({ title: 'Create\u202e a Bug' })).toContain('Create\\\\u{202e} a Bug');
  });

  it('shows texts as they are: nothing in them mentions, links, or passes for a line of the card', () => {
    const text = '<!channel> <https://evil.test|PAY-1> *Approved*\nOnly <@U02> can approve this';
    const { blocks } = changeCard({ ...change, title: text, fields: [{ field: text, after: text }] }, '1.1');
    const line = { type: 'text', text: text.replace('\n', ' '), style: { bold: true } };
    expect(blocks[0]).toEqual({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [line] }] });
    expect(blocks[1]).toEqual({ type: 'context', elements: [{ type: 'mrkdwn', text: 'in Jira, as <@U01>' }] });
    const { elements } = blocks[2] as { elements: { type: string; elements: { type: string; text: string }[] }[] };
    expect(elements.flatMap((one) => one.elements.map(({ type }) => type))).toEqual(['text', 'text']);
    expect(elements[1]?.elements[0]?.text).toBe(text);
  });

  it('that would not show all of a change is not made', () => {
    const fields = (count: number, length: number) => Array.from({ length: count }, () => ({ field: 'F', after: 'x'.repeat(length) }));
    expect(fitsOnCard({ title: 't', fields: fields(1, 8_998) })).toBe(true);
    expect(fitsOnCard({ title: 't', fields: fields(1, 8_999) })).toBe(false);
    expect(fitsOnCard({ title: 't', fields: fields(31, 1) })).toBe(false);
    expect(fitsOnCard({ title: 't', fields: [{ field: 'F'.repeat(200), after: 'x' }] })).toBe(true);
    expect(fitsOnCard({ title: 't', fields: [{ field: 'F'.repeat(201), after: 'x' }] })).toBe(false);
    expect(fitsOnCard({ title: 't', fields: [{ field: 'F', before: 'a', after: '\u200b'.repeat(2_000) }] })).toBe(false);
  });
});
