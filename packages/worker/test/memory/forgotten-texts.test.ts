import { describe, expect, it } from 'vitest';
import { createForgottenTexts } from '../../src/memory/forgotten-texts.ts';
import { startMemory } from './start-memory.ts';

const ann = { teamId: 'T01', userId: 'UANN' };
const mine = 'slack-T01-UANN';

describe('what stays forgotten by what it says', () => {
  it.each([
    ['My number is 0151-555.', 'The user’s phone number is 0151-555.', true],
    ['I am leading the payments team', 'Ann leads the payments team.', true],
    ['Please forget that I look for another job', 'The user is looking for another job.', true],
    ['Vergiss bitte, dass ich in Köln wohne', 'Ich wohne in Köln.', true],
    ['私は東京の支社で働いています', '東京の支社で働いています。', true],
    ['I live in Bonn', 'The user lives in Bonn, Germany, since May.', true],
    ['I am pregnant', 'Is currently pregnant', true],
    ['Ich bin schwanger', 'Die Nutzerin ist schwanger', true],
    ['Ich leite das Team Zahlungen', 'Die Nutzerin leitet das Team Zahlungen.', true],
    ['Я беременна', 'Пользователь беременна', true],
    ['I lead the payments team in Berlin at Globex', 'Leads the payments team', true],
    ['I live in Bonn', 'I do not live in Bonn', false],
    ['I lead payments', 'I no longer lead payments', false],
    ['My number is 0151-555.', 'My number is no longer 0151-555', true],
    ['My number is 0151-555.', 'My number is 0151-777.', false],
    ['I lead payments', 'I lead the platform team', false],
    ['My manager in the Berlin office is Ann', 'My manager in the Munich office is Ann', false],
    ['Checkout service in team Payments', 'refund service in team Payments', false],
    ['My holiday begins on 4 May', 'My holiday begins on 11 June', false],
    ['My share is 1.5 percent', 'My share is 15 percent', false],
    ['I look for another job', 'I live in Bremen. I like tea.', false],
    ['in German', 'In German!', true],
    ['I build tables for the payments team', 'Tables', false],
  ])('with “%s” forgotten, “%s” is: %s', (forgotten, text, isForgotten) => {
    const texts = createForgottenTexts('key', Date.now);
    const choices = texts.with({ forgotten: [] }, forgotten);
    expect(texts.holds(choices, text)).toBe(isForgotten);
    expect(texts.holds(choices, `I like tea. ${text}`)).toBe(isForgotten);
  });

  it.each([
    ['My salary is 90,000 euros', ['90000 euros', '90.000 €', '90k a year', '90 000', 'ninety thousand', '90,000.00', '0.09 million']],
    ['My number is 0151-555', ['0151555', '0151 555', '(0151) 555', '+49 151 555', '+49 (0)151-555', '0049151555', '０１５１５５５']],
    ['My account is DE89 3704 0044 0532 0130 00', ['DE89370400440532013000', 'de89-3704-0044-0532-0130-00']],
    [
      'My birthday is 3 May 1990',
      ['birthday 1990-05-03', 'Birthday: May 3rd, 1990', 'birthday 03.05.1990', 'birthday 3/5/90', 'birthday on 3 de mayo de 1990'],
    ],
    ['I have three children', ['has 3 children', 'The user has THREE children']],
    ['I was born on 1. März', ['born on 1 March', 'born on the 1st of March', 'born 1.3.1980']],
    ['My share is 1.5 percent', ['share 1,5 percent', 'share of 1.50 percent']],
  ])('with “%s” forgotten, its number comes back in no other form', (forgotten, texts) => {
    const barring = createForgottenTexts('key', Date.now);
    const choices = barring.with({ forgotten: [] }, forgotten);
    expect(texts.filter((text) => !barring.holds(choices, text))).toEqual([]);
  });

  it.each([
    ['My manager in the Berlin office is Ann.', 'My manager in the Munich office is Ann.'],
    ['Checkout service in team Payments', 'refund service in team Payments'],
    ['My sister lives in Bonn with two cats', 'My brother lives in Bonn with two cats'],
    ['I prefer short answers', 'I prefer long answers in the morning'],
    ['I answer customers in German', 'I answer customers in French'],
    ['I lead payments', 'I no longer lead payments'],
    ['I lead payments', 'I lead payments and search'],
    ['I moved from Bonn to Berlin', 'I moved from Berlin to Bonn'],
    ['Ann reports to Bob', 'Bob reports to Ann'],
    ['I live in Bonn', 'She lives in Bonn'],
    ['I lead payments', 'I led payments'],
    ['My share is 1.5 percent', 'My share is 15 percent'],
    ['I like tea', 'My desk is in Köln. I like tea.'],
  ])('forgetting “%s” leaves “%s” that stood beside it, and what is said of it later', async (forgotten, other) => {
    await using started = await startMemory();
    for (const text of [forgotten, other]) started.stored.plant({ text, namespace: `/facts/${mine}/open/` });
    expect(await started.memory.own.forget(ann, started.stored.records[0]?.id ?? '')).toMatchObject({ mementos: 1 });
    expect(await started.textsOf()).toEqual([other]);
    const recalled = await started.memory.recall(started.asking({ text: other, channelId: 'D01', isDirect: true }));
    expect(recalled).toMatchObject({ facts: [expect.stringContaining(other)] });
    await started.says(`${other}!`);
    await started.extracted();
    expect(await started.textsOf()).not.toEqual([]);
  });
});
