/** The events with which the road of a question ends. */
export const roadEnds: ReadonlySet<string> = new Set([
  'question.answered',
  'question.failed',
  'question.stopped',
  'question.refused',
  'question.lost',
]);
