import { partsOf } from './match-stories.ts';

/** What somebody tells us to change, as against what they ask. */
export interface ChangeRequest {
  readonly tool: string;
  /** What the request says itself, by the tool's own parameters. */
  readonly input: Readonly<Record<string, string | undefined>>;
  /** Of a new ticket: the words behind its kind. */
  readonly about: string | undefined;
  /** What the message asks besides; empty when it is nothing else. */
  readonly besides: string;
}

type Said = Readonly<Record<string, string | undefined>>;

const issue = '(?:(?<issue>[A-Z][A-Z0-9]+-\\d+)|(?:the |this |that )(?:ticket|issue|bug|task)|it|this|that)';
const one = '(?:(?:me|an?|another|the|this|new|jira|high|urgent|quick|short|follow-?up) )*';
const statuses: Said = { reopen: 'To Do', start: 'In Progress' };

/** How each change is asked for. Named groups are the tool's parameters, where nothing else is said. */
const forms: readonly (readonly [tool: string, pattern: string, input?: (said: Said) => Said])[] = [
  [
    'comment_on_jira_issue',
    `(?:comment|reply|(?:add|leave|post|write) a (?:comment|note))(?: (?:on|to|under) ${issue})?(?: that| saying that| saying|:)? (?<comment>.+)`,
    ({ comment = '', ...said }) => ({ ...said, comment: `${capitalised(comment.replace(/^["“]|["”]$/g, ''))}.` }),
  ],
  ['edit_jira_issue', `(?:set|change|raise|lower) the priority of ${issue} to (?<priority>\\w+)`],
  ['edit_jira_issue', `(?:rename|change the (?:summary|title) of) ${issue} to (?<summary>.+)`],
  ['edit_jira_issue', `(?:re)?assign ${issue} to (?<assignee>.+)`],
  ['transition_jira_issue', `(?:move|transition|set|put|mark) ${issue} (?:to|as|into|in) (?<to>.+)`],
  [
    'transition_jira_issue',
    `(?<verb>close|resolve|finish|reopen|start) ${issue}`,
    ({ verb = '', ...said }) => ({ ...said, to: statuses[verb.toLowerCase()] ?? 'Done' }),
  ],
  [
    'create_jira_issue',
    `(?:create|open|file|raise|log|make|add|write|report) ${one}(?<type>ticket|issue|bug|task|story)\\b(?<about>.*)`,
    ({ type = '', about = '' }) => ({
      project: /\b(?:in|to|project)\s+(?:the )?(?:project )?([A-Z][A-Z0-9]{1,9})\b(?!-\d)/.exec(about)?.[1],
      issue_type: /bug|task|story/i.test(type) ? capitalised(type.toLowerCase()) : undefined,
      priority: capitalised(/\b(highest|high|medium|low|lowest) priority\b/i.exec(about)?.[1]?.toLowerCase() ?? '') || undefined,
    }),
  ],
];

/** The change a message asks for: `open a ticket for it`, not `how do I open a ticket?` and not `who opened it?`. */
export function changeIn(question: string): ChangeRequest | undefined {
  const parts = partsOf(question);
  const whole = requestIn(question);
  const at = whole ? -1 : parts.findIndex((part) => requestIn(part));
  const request = whole ?? requestIn(parts[at] ?? '');
  return request && { ...request, besides: whole ? '' : parts.filter((_, index) => index !== at).join('? ') };
}

const preamble =
  /^[\s,.:!–-]*(?:(?:yes|yeah|ok|okay|sure|please|great|good|thanks|thank you|then|so|and|now|also|just|can you|could you|would you|let['’]?s|i(?:['’]d like| want| need) you to)\b[\s,.:!–-]*)+/i;

function requestIn(text: string): Omit<ChangeRequest, 'besides'> | undefined {
  const told = text.replace(preamble, '').replace(/[\s.!?]+$/, '');
  for (const [tool, pattern, input = (said: Said) => said] of forms) {
    const said = new RegExp(`^${pattern}$`, 'is').exec(told)?.groups;
    if (said) return { tool, input: input(said), about: said.about };
  }
  return undefined;
}

export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
