import { describe, expect, it } from 'vitest';
import { createForgottenTexts } from '../../src/memory/forgotten-texts.ts';
import { startMemory } from './start-memory.ts';

const ann = { teamId: 'T01', userId: 'UANN' };
const mine = 'slack-T01-UANN';

describe('what was forgotten', () => {
  it.each([
    ['I have cancer', 'Explain how cancer drugs are priced.'],
    ['I have cancer', 'She has cancer.'],
    ['I have cancer', 'If I have cancer, who is told?'],
    ['The user has depression.', 'Summarise the page about the Great Depression.'],
    ['I am pregnant', 'Our policy for pregnant colleagues: find it.'],
    ['I am pregnant', 'Am I pregnant'],
    ['I work in IT', 'I work late today, keep it short.'],
    ['I live in Bonn', 'My boss lives in Bonn.'],
    ['I look for another job', 'Look for another job'],
    ['I lead payments', 'Check that I lead payments'],
    ['The user earns 90,000 EUR.', 'Compare budgets above 90,000 please.'],
    ['My number is 0151-5551234', 'Look up who called from 0151-5551234.'],
    ['My number is 0151-5551234', 'I have a phone number'],
  ])('M5 “%s” is not told again by “%s”', (forgotten, said) => {
    expect(isLifted(forgotten, said)).toBe(false);
  });

  it.each([
    ['The user has cancer.', 'By the way, I still have cancer, and I lead payments.'],
    ['The user’s phone number is 0151-555', 'My number is 0151-555.'],
    ['My number is 0151-555', 'Remember that my number is 0151-555'],
    ['The user lives in Bonn, Germany.', 'I live in Bonn'],
    ['The user earns 90,000 EUR.', 'I earn 90,000 now'],
    ['Ich wohne in Köln', 'Ich wohne wieder in Köln'],
    ['Vivo en Bonn', 'Vivo en Bonn.'],
    ['我住在北京', '我住在北京。'],
  ])('M5 “%s” is told again by its owner’s “%s”', (forgotten, said) => {
    expect(isLifted(forgotten, said)).toBe(true);
  });

  it('M5 stays out of what is told, though its owner mentions a word of it', async () => {
    await using started = await startMemory();
    await started.says('I have cancer.');
    await started.memory.own.forgetSaid(ann, 'I have cancer');
    await started.says('Explain how cancer drugs are priced.');
    await started.extracted();
    expect(started.stored.records.map(({ text }) => text)).toContain('I have cancer.');
    expect(await started.memory.recall(started.asking({ text: 'cancer' }))).toEqual({ standing: [], facts: [] });
  });
});

function isLifted(forgotten: string, said: string): boolean {
  const texts = createForgottenTexts('key', () => 1);
  const none = { forgotten: [], withheld: [], isPaused: false, notBefore: 0, emptiedAt: 0 };
  return texts.without(texts.with(none, forgotten), said, 2).forgotten.length === 0;
}

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
    ['The user goes to therapy on Mondays.', 'I go to therapy on Mondays', true],
    ['The user goes to therapy on Mondays.', 'The user has to go to therapy on Mondays.', true],
    ['The user studies law at night', 'The user is studying law at night.', true],
    ['The user plans to quit in May', 'The user is planning to quit in May.', true],
    ['I want a raise', 'The user wanted a raise.', true],
    ['Ich leite den Einkauf', 'Der Nutzer leitet den Einkauf.', true],
    ['I’m pregnant', 'The user is pregnant.', true],
    ['I can’t eat nuts', 'The user cannot eat nuts because of an allergy.', true],
    ['My e-mail is a@b.example', 'The user’s email: a@b.example', true],
    ['My therapy is at 9:30', 'The user has therapy at 9.30 on Fridays', true],
    ['My boss is Łukasz Müller, Weißstraße', 'The boss is Lukasz Mueller, Weissstrasse', true],
    ['My wife’s name is Zoe', 'The user has a wife named Zoe, who works at Acme.', true],
    ['The user has cancer.', 'I have cancer and I do not want colleagues to know', true],
    ['I have cancer', 'I do not have cancer, and I lead payments', false],
    ['用户住在北京。', '我住在北京', true],
    ['我住在北京', '用户不住在北京。', false],
    ['私は東京に住んでいます', 'ユーザーは東京に住んでいる。', true],
    ['東京に住んでいます', '大阪に住んでいます', false],
    ['사용자는 서울에 살아요.', '나는 서울에 살고 있다', true],
    ['I work in IT', 'The user works on payments with Bob.', false],
    ['I live in LA', 'The user lives with two cats.', false],
  ])('with “%s” forgotten, “%s” is: %s', (forgotten, text, isForgotten) => {
    const texts = createForgottenTexts('key', Date.now);
    const choices = texts.with({ forgotten: [] }, forgotten);
    expect(texts.holds(choices, text)).toBe(isForgotten);
    expect(texts.holds(choices, `I like tea. ${text}`)).toBe(isForgotten);
  });

  it('takes words of any length', () => {
    const texts = createForgottenTexts('key', Date.now);
    const long = 'ing'.repeat(7_000);
    expect(texts.holds(texts.with({ forgotten: [] }, `My key is ${long}`), `The key is ${long}`)).toBe(true);
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
