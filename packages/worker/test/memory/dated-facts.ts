interface DatedFact {
  readonly who: 'UANN' | 'UANN2' | 'UBOB';
  /** Days since the first. */
  readonly day: number;
  readonly text: string;
  readonly isPrivate?: true;
}

interface Asked {
  readonly who: DatedFact['who'];
  readonly text: string;
  /** Parts of the facts that belong into an answer, in the order in which they were said. */
  readonly wanted: readonly string[];
}

/** Forty facts of three people, two of them called Ann, with what recall gets wrong elsewhere. */
export const datedFacts: readonly DatedFact[] = [
  // Said otherwise later: both stand there, the later one last.
  { who: 'UANN', day: 0, text: 'I lead the payments team.' },
  { who: 'UANN', day: 30, text: 'Since this week Carla leads the payments team, I moved to search.' },
  { who: 'UANN', day: 2, text: 'My laptop is a ThinkPad with Debian.' },
  { who: 'UANN', day: 40, text: 'My new laptop is a MacBook.' },
  // Two of one name.
  { who: 'UANN2', day: 1, text: 'I am Ann from the Hamburg clinic.' },
  { who: 'UANN', day: 1, text: 'I am Ann from the Vienna clinic.' },
  { who: 'UANN2', day: 3, text: 'My holiday begins on 4 May.' },
  { who: 'UANN', day: 3, text: 'My holiday begins on 11 June.' },
  // What a day means depends on the day on which it was said.
  { who: 'UBOB', day: 5, text: 'Next week I am on call for billing.' },
  { who: 'UBOB', day: 33, text: 'Tomorrow I am on call for billing again.' },
  { who: 'UANN', day: 6, text: 'In two weeks we migrate the billing database.' },
  // Not in Latin letters.
  { who: 'UBOB', day: 7, text: '私は東京の支社で働いています。' },
  { who: 'UBOB', day: 8, text: 'Мой проект называется Заря.' },
  { who: 'UANN2', day: 8, text: 'Η ομάδα μου λέγεται Ερμής.' },
  { who: 'UANN2', day: 9, text: 'اسم مشروعي هو النورس.' },
  // All but the same.
  { who: 'UBOB', day: 10, text: 'The staging cluster of search is in Frankfurt.' },
  { who: 'UBOB', day: 11, text: 'The staging cluster of billing is in Frankfurt.' },
  { who: 'UBOB', day: 12, text: 'The staging cluster of payments is in Frankfurt.' },
  { who: 'UBOB', day: 13, text: 'The production cluster of payments is in Dublin.' },
  { who: 'UBOB', day: 14, text: 'The staging cluster of search is in Frankfurt.' },
  // Forgotten below.
  { who: 'UANN', day: 15, text: 'My private number is 0151-555.' },
  { who: 'UANN', day: 16, text: 'My office number is 040-777.' },
  { who: 'UBOB', day: 16, text: 'My private number is 0160-888.' },
  // Said in private.
  { who: 'UANN', day: 17, text: 'I look for another job.', isPrivate: true },
  { who: 'UBOB', day: 17, text: 'I do not like the new office.', isPrivate: true },
  // What else people say.
  { who: 'UANN', day: 18, text: 'I review the invoices of the cleaning company.' },
  { who: 'UANN', day: 19, text: 'Our deployments run on Fridays.' },
  { who: 'UANN', day: 20, text: 'The customer in Graz wants weekly reports.' },
  { who: 'UANN', day: 21, text: 'I speak Spanish and German.' },
  { who: 'UANN', day: 22, text: 'My desk is on the third floor.' },
  { who: 'UANN2', day: 23, text: 'I write the release notes of the app.' },
  { who: 'UANN2', day: 24, text: 'My manager is Dora.' },
  { who: 'UANN2', day: 25, text: 'Our incidents are tracked in PagerDuty.' },
  { who: 'UANN2', day: 26, text: 'The clinic in Bremen uses version 4 of the app.' },
  { who: 'UBOB', day: 26, text: 'I maintain the backups of the billing database.' },
  { who: 'UBOB', day: 27, text: 'Backups of search are kept for 90 days.' },
  { who: 'UBOB', day: 28, text: 'I travel to Lisbon in autumn.' },
  { who: 'UBOB', day: 29, text: 'My team has seven people.' },
  { who: 'UBOB', day: 30, text: 'The alert for disk space is too noisy.' },
  { who: 'UBOB', day: 31, text: 'I prefer reviews in the morning.' },
];

export const askedLater: readonly Asked[] = [
  { who: 'UANN', text: 'who leads the payments team?', wanted: ['I lead the payments team', 'Carla leads the payments team'] },
  { who: 'UANN', text: 'which laptop do I have?', wanted: ['ThinkPad', 'MacBook'] },
  { who: 'UANN', text: 'when does my vacation begin?', wanted: ['11 June'] },
  { who: 'UANN2', text: 'when does my vacation begin?', wanted: ['4 May'] },
  { who: 'UANN2', text: 'from which clinic am I?', wanted: ['Hamburg clinic'] },
  { who: 'UBOB', text: 'when am I on call for billing?', wanted: ['Next week I am on call', 'Tomorrow I am on call'] },
  { who: 'UANN', text: 'when is the billing database migrated?', wanted: ['In two weeks'] },
  { who: 'UBOB', text: '東京の支社', wanted: ['東京'] },
  { who: 'UBOB', text: 'Как называется мой проект?', wanted: ['Заря'] },
  { who: 'UANN2', text: 'Πώς λέγεται η ομάδα μου;', wanted: ['Ερμής'] },
  { who: 'UANN2', text: 'ما اسم مشروعي؟', wanted: ['النورس'] },
  { who: 'UBOB', text: 'where is the production cluster of payments?', wanted: ['Dublin'] },
  {
    who: 'UBOB',
    text: 'where are the staging clusters?',
    wanted: ['cluster of billing', 'staging cluster of payments', 'cluster of search'],
  },
  { who: 'UANN', text: 'what is my office number?', wanted: ['040-777'] },
  { who: 'UBOB', text: 'what is my private number?', wanted: ['0160-888'] },
  { who: 'UANN', text: 'what did I say about another job?', wanted: ['another job'] },
  { who: 'UBOB', text: 'how long are backups kept, and who maintains them?', wanted: ['I maintain the backups', '90 days'] },
  { who: 'UANN', text: 'which languages do I speak?', wanted: ['Spanish'] },
  { who: 'UANN2', text: 'who is my boss?', wanted: ['Dora'] },
];
