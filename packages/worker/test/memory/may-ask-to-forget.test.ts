import { describe, expect, it } from 'vitest';
import { asksToForget } from '../../src/memory/asks-to-forget.ts';
import { mayAskToForget } from '../../src/memory/may-ask-to-forget.ts';
import { startMemory } from './start-memory.ts';

describe('a message that may ask to forget', () => {
  it.each([
    'Meine Nummer 0151-555 bitte aus deinem Gedächtnis löschen',
    'Kannst du meine Nummer aus deinem Gedächtnis streichen?',
    'Kannst du meine Nummer 0151-555 bitte löschen?',
    'Ich hab eine neue Nummer und die alte 0151-555 darfst du vergessen',
    'Ich habe umgezogen und meine alte Adresse solltest du vergessen',
    'Speichere meine Nummer bitte nicht',
    'Was ich über Bob gesagt habe, nehme ich zurück',
    'Why don’t we forget that my number is 0151-555?',
    'What if we forget that my number is 0151-555',
    'How about we forget my number',
    'Would it be ok if we forget my number?',
    'Why don’t you just forget my number',
    'I don’t mind if we forget my number',
    'Please do not store my number',
    'You shouldn’t know my age',
    'Don’t save my salary',
    'You should not have my address',
    'I’d rather you didn’t keep my birthday',
    'I don’t want you to keep my number on file',
    'Take my number out of your memory',
    'Get my number out of your head',
    'I take back what I told you about my salary',
    'Scratch what I said about my manager',
    'I want my birthday deleted',
    'I never told you my number',
    'Efface mon numéro',
    'Supprime mon numéro',
    'N’enregistre pas mon numéro',
    'удали мой номер',
    'Не сохраняй мой номер',
    'No almacenes mi número',
    'Bewaar mijn nummer niet',
    '我的电话请不要保存',
    'Borra mi número',
    'Elimina mi dirección',
    'Cancella il mio numero',
    'Remova o meu número',
    'Verwijder mijn nummer',
    'Ta bort mitt nummer',
    'Slet mit nummer',
    'Usuń mój numer',
    'Smaž moje číslo',
    'Numaramı sil',
    'Poista numeroni',
    'احذف رقمي',
    'मेरा नंबर हटा दो',
    '请删除我的电话号码',
    '私の番号を削除してください',
    '내 번호를 삭제해 주세요',
  ])('is neither noted nor are facts recalled for it: %s', async (text) => {
    await using started = await startMemory();
    started.stored.plant({ text: 'My number is 0151-555.', namespace: '/facts/slack-T01-UANN/open/' });
    expect(await started.memory.recall(started.asking({ text }))).toEqual({ standing: [], facts: [] });
    await started.says(text);
    expect(started.calls('CreateEvent')).toEqual([]);
    expect(started.calls('RetrieveMemoryRecords')).toEqual([]);
  });

  it.each([
    'Dont let me forget that I fly on Monday',
    'Don’t let me forget my dentist',
    'So that nobody forgets: I’m on leave from Monday',
    'Help me not to forget my dentist',
    'I don’t want to have to remind you: remember I’m vegetarian',
    'I don’t like to repeat myself so remember I’m vegetarian',
    'I do not want you to forget that I am vegetarian',
    'Lass mich nicht vergessen, dass ich am Montag fliege',
    'Ich will nicht, dass du vergisst, dass ich Vegetarier bin',
    'Damit es niemand vergisst: ich bin ab Montag weg',
    'Hilf mir, meinen Zahnarzt nicht zu vergessen',
    'Ne me laisse pas oublier que je pars lundi',
    'Je ne veux pas que tu oublies que je suis végétarien',
    'No dejes que olvide mi cita',
    'Non farmi dimenticare il dentista',
    'Laat me niet vergeten dat ik maandag vlieg',
    'Не дай мне забыть про врача',
    'Bitte merk dir, dass ich nicht in Berlin wohne',
    'In case you forget: my room is 5',
    'I keep forgetting names, I am Ann',
    'I drop my kids at school at 8',
    'My flight was deleted from the list',
    'I retire in May',
    'My office is quite small',
    'My trip was cancelled',
    'I borrow my laptop from Bob',
    'Mein Büro ist 5 km entfernt',
    'I deleted my old account and use a new one',
    'I don’t keep my laptop at the office',
    'I don’t have a car, my bike is red',
    'My team works remote',
    'Keep in your head that I hate tables',
    'I take my lunch at noon',
    'Who leads payments?',
    'My manager is Ann. Delete the staging database please',
  ])('is not: %s', (text) => {
    expect([asksToForget(text), mayAskToForget(text)]).toEqual([false, false]);
  });
});
