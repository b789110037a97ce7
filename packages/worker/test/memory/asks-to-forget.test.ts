import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksToForget } from '../../src/memory/asks-to-forget.ts';

describe('a message that asks to forget', () => {
  it.each([
    'Please forget that my number is 0151-555',
    'Could you please forget my number, it is 0151-555?',
    "I'd like you to forget what I said about Bob",
    'forget everything you know about me',
    'Delete my phone number from your memory: 0151-555',
    'remove what you remember of my holiday',
    "don't remember this: I am looking for another job",
    'Please do not memorise that',
    'off the record: I will leave in May',
    'Bitte vergiss, dass meine Nummer 0151-555 ist',
    'Könnten Sie bitte vergessen, dass ich umziehe?',
    'Vergesst meine Adresse.',
    'Lösch meine Nummer aus deinem Gedächtnis',
    'Merk dir das bitte nicht: ich kündige',
    'Oublie mon numéro, s’il te plaît',
    'Pourriez-vous oublier que je pars en mai ?',
    'Olvida mi número, por favor',
    'Por favor, olvídalo',
    'Dimentica il mio numero',
    'Por favor, esqueça o meu número',
    'Vergeet mijn nummer alsjeblieft',
    'Glöm mitt nummer',
    'Glem nummeret mitt',
    'Unohda numeroni',
    'Zapomnij mój numer',
    'Zapomeň moje číslo',
    'Felejtsd el a számomat',
    'Uită numărul meu',
    'Numaramı unut',
    'Забудь мой номер',
    'Забудьте, пожалуйста, мой номер',
    'Ξέχνα τον αριθμό μου',
    'انس رقمي',
    'תשכח את המספר שלי',
    'मेरा नंबर भूल जाओ',
    '请忘记我的电话号码',
    '私の番号を忘れてください',
    '내 번호를 잊어 주세요',
    'Lupakan nomor saya',
    'ช่วยลืมเบอร์ของฉัน',
    'Can we forget that I hate tables?',
    'Let’s forget that I am leaving',
    'I want my number forgotten',
    'I would like it to be forgotten that I leave',
    'My number should be forgotten',
    'Why not forget that I hate tables?',
    'I’d rather you not remember that',
    'I don’t want you to remember that I leave',
    'Delete my phone number, please',
    'My number, 0151-555, has to be deleted',
    'get rid of the fact that I lead payments',
    'Erase that <@UBOB> is my boss',
    'Don’t forget the deadline, but forget my number',
    '*for\u00adget* my number',
    'Dass ich umziehe, kannst du bitte löschen',
    'Meine Nummer bitte löschen',
    'Ich habe eine Bitte: vergessen Sie meine Nummer',
    'Du sollst nicht mehr wissen, dass ich umziehe',
    'On oublie que je pars en mai',
    'Ne te rappelle plus mon numéro',
    '不要记住我的电话',
  ])('does: %s', (text) => {
    expect(asksToForget(text)).toBe(true);
    // Told twice alike: no state of a pattern stays behind.
    expect(asksToForget(text)).toBe(true);
  });

  it.each([
    "Don't forget that I hate tables",
    'never forget: I lead payments',
    'I forgot my password, where do I reset it?',
    'I always forget how to file expenses',
    'Has somebody forgotten a laptop in room 3?',
    'Remember that my number is 0151-555',
    'Vergiss bitte nicht, dass ich Tabellen hasse',
    'Ich habe mein Passwort vergessen',
    'N’oublie pas que je déteste les tableaux',
    'J’ai oublié mon mot de passe',
    'No olvides que odio las tablas',
    'Non dimenticare che odio le tabelle',
    'Não esqueça que odeio tabelas',
    'Не забудь, что я не люблю таблицы',
    'Nie zapomnij, że nie lubię tabel',
    '别忘了我不喜欢表格',
    '表が嫌いなことを忘れないで',
    'Delete the staging database please',
    'Clear the cache of the build',
    'Who leads payments?',
    'How do I delete a branch?',
    'How can I remove that branch I pushed?',
    'Delete that branch when my PR is merged',
    'please delete that file from my laptop',
    'Remove my name from the list',
    'We forget to rotate the keys, what now?',
    'What if I forget my password?',
    'Did you forget me?',
    'What is the right to be forgotten?',
    'I can’t remember where my notes are',
    'I no longer remember how to file expenses',
    'I’d like to know whether I have forgotten something',
    'Ich erinnere mich nicht, wo das steht',
    'Ich kann die Datei nicht speichern',
    'Wie kann ich meine Daten löschen?',
    'Stell sicher, dass die Tabelle gelöscht wird',
    'J’oublie toujours mon mot de passe',
    'elimina los archivos que sobran',
  ])('does not: %s', (text) => {
    expect(asksToForget(text)).toBe(false);
  });
});

/** Of a language: what is asked, what it is wrapped in, and what is to go. `{}` stands for what it wraps. */
const languages = {
  English: {
    asks: [
      'forget {}',
      'delete {}',
      'erase {}',
      'remove {}',
      'wipe {}',
      'get rid of {}',
      'unlearn and forget {}',
      'no longer remember {}',
      'stop remembering {}',
    ],
    politeness: [
      '{}',
      'please {}',
      'Could you please {}?',
      'I want you to {}',
      'I’d like you to {}.',
      'Can you {}, please?',
      'Would you mind if I ask you to {}',
      '<@UVERA> {}!',
    ],
    things: [
      'that my number is 0151-555',
      'that I live in Köln',
      'that I’m leaving in May',
      'the fact that I hate tables',
      'that Bob is my manager',
      'what I told you about me',
    ],
  },
  'English, of oneself': {
    asks: ['forget {}', 'not remember {}', 'just forget {}'],
    politeness: ['Can we {}?', 'May we {}', 'I suggest that we {}', 'Let us {}', 'why don’t you {}'],
    things: ['that my number is 0151-555', 'the thing about Köln', 'it'],
  },
  'English, of what it is to be': {
    asks: [
      'I want {} forgotten',
      'I’d like {} to be forgotten',
      'I need {} forgotten',
      '{} must be forgotten',
      '{} should not be remembered',
    ],
    politeness: ['{}', 'Hi! {}.', '{}, please'],
    things: ['it', 'my number', 'what I said of Bob', 'the part about my holiday'],
  },
  German: {
    asks: [
      'vergiss, {}',
      'lösche, {}',
      'lösche bitte, {}',
      'streiche bitte, {}',
      'bitte vergessen Sie, {}',
      'bitte löschen Sie, {}',
      'erinnere dich nicht mehr daran, {}',
      'merk dir nicht, {}',
    ],
    politeness: ['{}', '<@UVERA> {}', 'Hallo! {}.', 'Danke. Und {}'],
    things: ['dass meine Nummer 0151-555 ist', 'dass ich umziehe', 'dass Bob mein Chef ist'],
  },
  'German, politely': {
    asks: ['{} vergessen', '{} löschen', 'bitte {} vergessen'],
    politeness: ['Kannst du {}?', 'Könntest du bitte {}?', 'Könnten Sie {}', 'Ich möchte dich bitten, {}', 'Würdest du {}'],
    things: ['meine Nummer', 'meine Adresse', 'meinen Geburtstag'],
  },
  French: {
    asks: ['oublie {}', 'supprime {}', 'efface {}', 'ne te souviens plus {}'],
    politeness: ['{}', '{}, s’il te plaît', 'Bonjour, {}'],
    things: ['que j’habite à Köln', 'que mon numéro est 0151-555', 'le fait que je pars'],
  },
  Spanish: {
    asks: ['olvida {}', 'borra {}', 'elimina por favor {}', 'no recuerdes {}'],
    politeness: ['{}', 'por favor, {}', 'Hola, {}'],
    things: ['que vivo en Köln', 'que mi número es 0151-555'],
  },
};

describe('whoever asks to forget in the words of a language', () => {
  it.each(Object.entries(languages))('is understood: %s', (_, { asks, politeness, things }) => {
    const sentence = fc
      .tuple(fc.constantFrom(...politeness), fc.constantFrom(...asks), fc.constantFrom(...things))
      .map(([around, ask, thing]) => {
        const asked = around.replace('{}', () => ask.replace('{}', () => thing));
        return asked;
      });
    const letters = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.replace(/ /g, '  \n'),
    );
    fc.assert(
      fc.property(sentence, letters, (asked, written) => {
        expect(asksToForget(written(asked)), asked).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is not who asks how something else is deleted, where it was, or that it is not forgotten', () => {
    const asks = [
      'How do I delete {}?',
      'how can we remove {} safely',
      'Delete {}',
      'please remove {}',
      'Who deleted {}?',
      'drop {} if it is empty',
      'I can’t remember {}',
      'Don’t forget {}',
      'never forget {}',
      'I always forget {}',
      'They forgot {}',
      'Wie lösche ich {}?',
      'Vergiss nicht {}',
      'Lösche {}',
      'Ich habe {} vergessen',
      'N’oublie pas {}',
      'No olvides {}',
    ];
    const things = ['that branch', 'the deadline', 'the staging table', 'die Frist', 'the old user in Jira', 'that build from last week'];
    fc.assert(
      fc.property(fc.constantFrom(...asks), fc.constantFrom(...things), (ask, thing) => {
        expect(asksToForget(ask.replace('{}', thing)), `${ask} ${thing}`).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is found in a text ten times as long in no more than twenty times the time', () => {
    const time = (lines: number) => {
      const text = 'delete that table dass was i want you to have my own name lösche die vielen dinge und '.repeat(lines);
      const began = process.cpuUsage();
      asksToForget(text.replaceAll('want', 'wane'));
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    time(40);
    expect(Math.min(...[1, 2, 3].map(() => time(460) / time(46)))).toBeLessThan(20);
  });
});
