import { describe, expect, it } from 'vitest';
import { asksToForgetThis } from '../../src/memory/asks-to-forget-this.ts';
import { saysTheSame } from '../../src/memory/says-the-same.ts';

describe('what a message asks to forget', () => {
  it.each([
    ['my number is 0151-555', 'Please forget that my number is 0151-555'],
    ['my number', 'Could you please forget my number, it is 0151-555?'],
    ['my cat', 'forget my cat'],
    ['forget that I lead payments', 'Please forget that I lead payments.'],
    ['my number is 0151-555', 'Delete the fact that my number is 0151-555 please'],
    ['my number', 'My number should be forgotten'],
    ['I hate tables', 'Forget that I hate tables, but keep that I lead payments.'],
    ['meine Nummer 0151-555 ist', 'Vergiss bitte, dass meine Nummer 0151-555 ist'],
    ['meine Nummer', 'Kannst du meine Nummer bitte vergessen?'],
    ['ich umziehe', 'Dass ich umziehe, kannst du bitte löschen'],
    ['mon numéro', 'Oublie mon numéro, s’il te plaît'],
    ['我的电话号码', '请忘记我的电话号码'],
    ['私の番号', '私の番号を忘れてください'],
    ['my number', 'Don’t forget the deadline, but forget my number'],
  ])('is “%s” in “%s”', (what, message) => expect(asksToForgetThis(message, what)).toBe(true));

  it.each([
    ['I lead payments', 'Forget that I hate tables, but keep that I lead payments.'],
    ['I lead payments', 'Forget it, I lead payments'],
    ['I lead payments', 'Forget my nickname and note: I lead payments'],
    ['I lead payments', 'I lead payments, so forget tables'],
    ['I lead payments', 'Please forget my nickname. By the way, I lead payments.'],
    ['My new number is 0151-5551234', 'Please forget my old number. My new number is 0151-5551234.'],
    ['I lead payments', 'He asked me to forget our deal, but I refused. I lead payments.'],
    ['I lead payments', 'He asked me to forget that I lead payments, but I refused.'],
    ['I hate tables', 'Don’t forget that I hate tables, but forget my number'],
    ['I lead payments', '“Set it and forget it” is our motto, I lead payments'],
    ['I lead payments', 'What does it say of payments?'],
    ['…', 'forget …'],
  ])('is not “%s” in “%s”', (what, message) => expect(asksToForgetThis(message, what)).toBe(false));
});

describe('a text that surely says nothing but what another does', () => {
  it.each([
    ['My number is 0151-555', 'The user’s phone number is 0151555.', true],
    ['My number is 0151-555', 'My number is no longer 0151-555', false],
    ['0151-555', 'My mobile is 0151-555, I lead payments and Bob has it', false],
    ['My account is DE89 3704 0044 0532 0130 00', 'The account is DE89370400440532013000.', true],
    ['Bob owes me 15000', 'The user owes Bob 15000', false],
    ['I do not owe 15,000 to Bob', 'I owe 15,000 to Bob', false],
    ['15,000', 'My budget is 15,000 and I lead payments with Bob', false],
    ['I earn 90,000', 'The user earns 90.000', true],
  ])('“%s”, “%s”: %s', (one, other, isSo) => expect([saysTheSame(one, other), saysTheSame(other, one)]).toEqual([isSo, isSo]));
});
