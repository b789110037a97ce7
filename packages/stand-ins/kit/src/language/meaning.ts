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

/** Words of the workplace that mean the same, as a vector index would know; irregular forms too. The first stands for its row. */
const rows: readonly string[] = [
  'holiday vacation pto',
  'pay paid salary wage compensation compensate',
  'expense reimburse reimbursement',
  'sick ill illness',
  'parent father mother dad mum mom',
  'call phone telephone contact reach',
  'manager boss',
  'colleague coworker teammate',
  'customer client',
  'laptop computer notebook',
  'login signin',
  'outage down downtime',
  'fail failure failures broken break broke crash crashed',
  'restart reboot',
  'rollback revert',
  'deploy deployment ship shipped release',
  'delete remove erase',
  'error bug defect',
  'buy bought purchase procure',
  'begin began start',
  'send sent',
  'write wrote written',
  'take took taken',
  'keep kept retain retention',
  'run ran',
  'late lag delay delayed overdue',
  'hire hired joiner newcomer',
];

const meanings = new Map(rows.flatMap((row) => row.split(' ').map((word) => [stem(word), stem(row.split(' ')[0] ?? word)] as const)));
const siblings = new Map(rows.flatMap((row) => row.split(' ').map((word) => [stem(word), row.split(' ')] as const)));

/** What two words have in common when they say the same: a stem, or the stem of the word that stands for it. */
export function meaningOf(word: string): string {
  const own = stem(word);
  return meanings.get(own) ?? own;
}

/** The other words that say the same. */
export function synonymsOf(word: string): readonly string[] {
  return (siblings.get(stem(word)) ?? []).filter((other) => other !== word);
}
