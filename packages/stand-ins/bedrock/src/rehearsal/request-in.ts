/** What somebody tells us to do, as against what they ask. */
export interface ChangeRequest {
  readonly action: Action;
  readonly target: Target;
  /** The key of the issue that is meant, where it is named. */
  readonly key?: string;
  /** What is said behind the verb. */
  readonly words: string;
}

export type Action = 'create' | 'comment' | 'move' | 'edit';
export type Target = 'issue' | 'page' | 'request';

const issueKey = /\b[A-Z][A-Z0-9]+-\d+\b/;
const preamble =
  /^[\s,.:!–-]*(?:(?:yes|yeah|yep|ok|okay|sure|please|great|good|thanks|thank you|then|so|and|now|also|go ahead|do it|just|can you|could you|would you|will you|let['’]?s|i(?:['’]d like| want| need) you to)\b[\s,.:!–-]*)+/i;
const verbs: readonly (readonly [Action, RegExp])[] = [
  ['comment', /^(?:comment|reply)\b|^(?:add|leave|post|write|put)\b.{0,20}\b(?:comment|note)\b/i],
  [
    'move',
    /^(?:move|transition|close|resolve|reopen|finish|start)\b|^(?:mark|set|put)\b.{0,40}?\b(?:as|to|into|in)\b|^change the status\b/i,
  ],
  ['edit', /^(?:edit|update|change|set|assign|reassign|rename|label|prioriti[sz]e|raise the priority|lower the priority)\b/i],
  ['create', /^(?:create|open|file|raise|log|make|add|write|submit|draft|report)\b/i],
];
const field = /\b(?:priority|summary|title|description|labels?|assignee|due date)\b/i;
const nouns: readonly (readonly [Target, RegExp])[] = [
  ['page', /\b(?:confluence page|wiki page|page|article)\b/i],
  ['request', /\b(?:service (?:desk )?request|request)\b/i],
  ['issue', /\b(?:ticket|issue|bug|task|story|epic|incident report)\b/i],
];
const created = /^\w+\s+(?:(?:an?|another|one|the|this|that|new|jira|high|urgent|quick|short|small|follow-?up)\s+|as\s+)*([\w -]+)/i;

/** The change somebody asks for: `open a ticket for it`, not `how do I open a ticket?` and not `who opened it?`. */
export function requestIn(text: string): ChangeRequest | undefined {
  const told = text.replace(preamble, '').trim();
  const key = issueKey.exec(told)?.[0];
  const matched = verbs.find(([, pattern]) => pattern.test(told));
  if (!matched) return undefined;
  const action = matched[0] === 'move' && field.test(told) && !/\bstatus\b/i.test(told) ? 'edit' : matched[0];
  const target = targetOf(action, told, key);
  return target && { action, target, words: told.replace(/^\w+\s+/, ''), ...(key === undefined ? {} : { key }) };
}

function targetOf(action: Action, told: string, key: string | undefined): Target | undefined {
  if (action === 'create') {
    const thing = created.exec(told)?.[1] ?? '';
    const head = thing.split(/\s+(?:for|about|on|in|that|because|with|to|called|titled)\s+/i)[0] ?? '';
    return nouns.find(([, noun]) => noun.test(head))?.[0];
  }
  if (key) return 'issue';
  const named = nouns.find(([, noun]) => noun.test(told))?.[0];
  // "Close it", "move this to Done": the thread says which.
  return named ?? (/^\w+(?:\s+(?:on|to))?\s+(?:it|this|that)\b/i.test(told) ? 'issue' : undefined);
}
