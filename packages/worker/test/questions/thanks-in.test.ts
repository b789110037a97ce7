import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameName, thanksIn } from '../../src/questions/thanks-in.ts';

const thanks = (text: string) => thanksIn(text, 'UVERA');
const only = ['thanks', 'Thank you', 'THX', 'danke', 'Dankeschön', 'merci', 'gracias', 'ta', 'cheers', 'děkuji', 'спасибо', 'ありがとう'];

describe('thanks', () => {
  it.each([
    ...only,
    'thanks!',
    'thank you <@UVERA> 🙏',
    '<@UVERA> thanks a lot :slightly_smiling_face:',
    '<@UVERA>, vielen Dank!!',
    'thx :)',
    'Thank you so much, that helps!',
    '*thanks*',
    '谢谢！',
    '🙏🏽',
    ':pray::skin-tone-3:',
    ':heart: :heart:',
    '❤️',
    'thanks\nagain',
    'teşekkür ederim',
  ])('are all there is in “%s”', (text) => {
    expect(thanks(text)).toEqual({ mayAssent: false, rest: '' });
  });

  it.each(['👍', ':+1:', ':thumbsup::skin-tone-4:', 'ok thanks', 'great, thank you!', 'perfect 🙏', '👍 danke'])(
    'in “%s” may be a yes as well',
    (text) => expect(thanks(text)).toEqual({ mayAssent: true, rest: '' }),
  );

  it.each([
    ['thx vera 🙏', 'vera'],
    ['thanks Bob', 'bob'],
    ['thanks, and the second one', 'the second one'],
    ['danke und wann ist morgen dran', 'wann ist morgen dran'],
    ['no thanks', 'no'],
  ])('in “%s” leave “%s” to be said', (text, rest) => expect(thanks(text)?.rest).toBe(rest));

  it.each([
    'thanks, and the second one?',
    'thanks?',
    'thanks <@UBOB>',
    'thanks <https://a.example>',
    '`thanks`',
    'thanks 🤔?',
    'thanks :thinking_face:',
    'ok',
    'great',
    ':eyes:',
    'tak',
    'than',
    'taxi',
    '',
    '<@UVERA>',
    `thanks ${'very much '.repeat(20)}`,
  ])('are not in “%s”', (text) => expect(thanks(text)).toBeUndefined());

  it('stay thanks in any case, with any spaces, signs and pictures around them', () => {
    const sign = fc.constantFrom(' ', '!', '.', ', ', '…', '\n', ' 🙏 ', ' :tada: ', ' <@UVERA> ', ' - ');
    fc.assert(
      fc.property(fc.constantFrom(...only), fc.array(sign, { maxLength: 4 }), fc.array(sign, { maxLength: 4 }), (word, before, after) => {
        for (const spelt of [word, word.toUpperCase(), word.normalize('NFD')])
          expect(thanks([...before, spelt, ...after].join(''))).toEqual({ mayAssent: false, rest: '' });
      }),
    );
  });

  it('are never alone with a word that is none, or a question mark', () => {
    const word = fc.constantFrom('who', 'second', 'PAY-7', 'prod', 'warum', '谁', '?', '42');
    fc.assert(
      fc.property(fc.constantFrom(...only), word, fc.boolean(), (first, other, isAfter) => {
        const said = thanks(isAfter ? `${first} ${other}` : `${other} ${first}`);
        expect(said?.rest).not.toBe('');
      }),
    );
  });
});

it('a name is the same in any case and spelling', () => {
  expect([isSameName('vera', 'Vera'), isSameName('véra ', 'VERA'), isSameName('vera', 'Eve')]).toEqual([true, true, false]);
});
