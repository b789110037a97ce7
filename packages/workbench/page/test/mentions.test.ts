import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begunMentionOf, meantBy, mentionablesOf } from '../src/page/text/mentions.ts';

const people = ['Ann Chen', 'ann chen', 'Zoë Núñez', 'Jean-Luc O’Hara', 'Jo', 'Li Wei', 'Ångström', 'Ana de la Cruz'];
const everybody = mentionablesOf({
  botName: 'Vera',
  botUserId: 'UVERA',
  users: people.map((realName, index) => ({ id: `U${index}`, name: `handle${index}`, realName })),
});
const choicesFor = (text: string) => {
  const begun = begunMentionOf(text, text.length);
  return begun ? meantBy(begun.word, everybody, ['U4']).map(({ id }) => id) : [];
};

describe('a mention that is typed', () => {
  test('finds whoever is meant by any beginning of what one would type, and is over once it stands there', () => {
    const sentence = fc.constantFrom('', 'see ', 'see @Li Wei and ', 'line\n', '(');
    fc.assert(
      fc.property(sentence, fc.constantFrom(...everybody), fc.integer({ min: 1, max: 60 }), (before, one, length) => {
        const typed = one.typedName.slice(0, length);
        expect(choicesFor(`${before}@${typed}`)).toContain(one.id);
        expect(choicesFor(`${before}@${one.typedName} `)).toEqual([]);
      }),
    );
  });

  test.each([
    ['@zoe', ['U2']],
    ['@NUN', ['U2']],
    ['@ana de la', ['U7']],
    ['@angs', ['U6']],
    ['@an', ['U7', 'U0', 'U1', 'U6']],
    ['@handle1', ['U1']],
    ['@jo', ['U4']],
    ['@j', ['U4', 'U3']],
    ['mail@an', []],
    ['@an chen is', []],
    ['@', ['U4', 'UVERA', 'U6', 'U7', 'U0', 'U1', 'U3', 'U5']],
  ])('%j may mean %j: members of the channel come first', (text, ids) => {
    expect([...choicesFor(text)].sort()).toEqual([...ids].sort());
    expect(choicesFor(text)[0]).toBe(ids[0]);
  });
});
