const rewrites: readonly (readonly [RegExp, string])[] = [
  [/(?<=..)ies$/, 'y'],
  [/(?<=...)ifications?$/, 'ify'],
  [/(?<=...)([ai])bilit(?:y|ies)$/, '$1bl'],
  [/(?<=...)(?:ments?|ness|ings?|ers?|ors?|edly|ed|ions?|als?|ly|es?|(?<!s)s)$/, ''],
];
const stillLong = 7;

/** A word without its endings: `escalating`, `escalation` and `escalates` meet. Rough on purpose; only equality matters. */
export function stem(word: string): string {
  const once = shortened(word);
  const twice = once.length >= stillLong ? shortened(once) : once;
  return twice.replace(/(?<=...)(?:at|e)$/, '').replace(/(?<=..)([^aeious])\1$/, '$1');
}

function shortened(word: string): string {
  return rewrites.reduce((left, [ending, put]) => left.replace(ending, put), word);
}
