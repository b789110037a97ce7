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
  ])('does not: %s', (text) => {
    expect(asksToForget(text)).toBe(false);
  });
});
