import type { QuestionRecord } from '@vera/ledger/ledger';
import { describe, expect, it } from 'vitest';
import { linkedMessage, permalinkOf } from '../../src/questions/permalink.ts';
import { meantBy, whichQuestion } from '../../src/questions/which-question.ts';
import { keptQuestions } from './kept-questions.ts';

const [first, second, third] = ['1700000001.000100', '1700000002.000200', '1700000003.000300'] as const;

describe('a link to a message', () => {
  it('names channel, message and thread, as Slack copies it and as Slack writes it', () => {
    const message = { channelId: 'C04PAY', messageTs: second, threadTs: first };
    const link = `https://northwind.slack.com/archives/C04PAY/p1700000002000200?thread_ts=${first}&cid=C04PAY`;
    expect([linkedMessage(link), linkedMessage(`<${link}|here>`), linkedMessage(` ${link}\n`)]).toEqual([message, message, message]);
    expect(linkedMessage('https://grid.enterprise.slack.com/archives/D01/p1700000001000100')).toEqual({
      channelId: 'D01',
      messageTs: first,
      threadTs: first,
    });
    expect(linkedMessage(permalinkOf(message))).toEqual(message);
  });

  it.each([
    'https://northwind.slack.com.evil.example/archives/C04PAY/p1700000002000200',
    'https://northwind.slack.com/files/U1/F1/a.png',
    'https://northwind.slack.com/archives/C04PAY/p17',
    'q-0123456789abcdef',
    '',
  ])('is not %j', (text) => expect(linkedMessage(text)).toBeUndefined());

  it('is told apart from an id, and from what is neither', () => {
    expect(meantBy('q-0123456789abcdef')).toEqual({ kind: 'id', id: 'q-0123456789abcdef' });
    expect(() => meantBy('q-0123')).toThrow(/No question is called "q-0123"/);
  });
});

describe('which question somebody means', () => {
  const idsOf = (records: readonly QuestionRecord[]) => records.map(({ question }) => question.id);

  it('is found by its id, by a link to it, to an answer of it, to what it is about, and to the first message of its thread', async () => {
    await using kept = await keptQuestions();
    const one = await kept.asked(first);
    const other = await kept.asked(second, { threadTs: first });
    const elsewhere = await kept.asked(second, { channelId: 'C02' });
    const about = await kept.asked(third, { threadTs: '1600000000.000100', shortcut: { about: '1600000000.000200' } });
    await (await kept.leased(elsewhere)).noteReply('1700000009.000900');
    const found = async (words: string) => idsOf((await whichQuestion(kept.ledger, words)).records);
    const link = (channelId: string, messageTs: string) => permalinkOf({ channelId, messageTs, threadTs: messageTs });
    expect(await found(one.id)).toEqual([one.id]);
    expect(await found(link('C01', second))).toEqual([other.id]);
    expect(await found(link('C02', '1700000009.000900'))).toEqual([elsewhere.id]);
    expect(await found(link('C01', '1600000000.000200'))).toEqual([about.id]);
    expect(await found(link('C01', '1600000000.000100'))).toEqual([about.id]);
    expect(await found(link('C01', first))).toEqual([one.id]);
    expect(await found('last')).toEqual([about.id]);
  });

  it('is several where only the thread is known, and none where Slack never delivered it; what looking took is told', async () => {
    await using kept = await keptQuestions();
    const [one, other] = [await kept.asked(second, { threadTs: first }), await kept.asked(third, { threadTs: first })];
    const root = await whichQuestion(kept.ledger, permalinkOf({ channelId: 'C01', messageTs: first, threadTs: first }));
    expect(idsOf(root.records)).toEqual([one.id, other.id]);
    expect([root.isWhole, root.units > 0]).toEqual([true, true]);
    const lost = await whichQuestion(kept.ledger, permalinkOf({ channelId: 'C09', messageTs: first, threadTs: first }));
    expect(lost).toMatchObject({ meant: { kind: 'message', message: { channelId: 'C09', messageTs: first } }, records: [] });
  });
});
