/** What stands before a sentence and says nothing of its kind: mentions, greetings, "by the way". */
const before =
  /^(?:<@\w+>|hi|hello|hey|vera|thanks|thank you|please|by the way|btw|and|but|so|also|well|ok(?:ay)?|yes|no|actually|currently|today|now|as you know|just so you know|for your information|fyi|(?:please )?(?:remember|note|know) that|from now on|since \w+|in \w+|on \w+|until \w+)(?![\p{L}'’])[\s,.:;!–—-]*/iu;
const ofThemselves = /^(?:I|my|mine|we|our|ours)(?![\p{L}])/iu;
/** "I want to know …", "I would like you to …": asks for something. */
const asks =
  /^(?:I|we)(?:['’]d| would| do| did)?(?: (?:really|just|also|always|only))* (?:want|need|like to|like you|like it|wish|wonder|ask|asked|hope|prefer you|have (?:a|another|one) question|can(?:not|['’]t)? (?:see|find))(?![\p{L}])/iu;

/** A sentence in which somebody states something of themselves, by its form alone: no question, no wish, and nobody told to do anything. */
export function isOfThemselves(sentence: string): boolean {
  let said = sentence.trim();
  for (let rest = said.replace(before, ''); rest !== said; rest = said.replace(before, '')) said = rest;
  return ofThemselves.test(said) && !asks.test(said) && !/\?[\s"'”’)]*$/.test(said);
}
