const endings: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(?<=..)(?:sses)$/, 'ss'],
  [/(?<=[^aeiou]..)(?:ational|ation|ations)$/, 'at'],
  [/(?<=...)(?:ments|ment|ness|ings|ing|ers|er|ors|or|edly|ed|ions|ion|ly|es|e|s)$/, ''],
];

/** A word without its ending: `escalating`, `escalation` and `escalates` meet. Rough on purpose; only equality matters. */
export function stem(word: string): string {
  const cut = endings.reduce((left, [ending, put]) => (left.length > 3 && !left.endsWith('ss') ? left.replace(ending, put) : left), word);
  return cut.length > 3 ? cut.replace(/([^aeiouls])\1$/, '$1') : cut;
}
