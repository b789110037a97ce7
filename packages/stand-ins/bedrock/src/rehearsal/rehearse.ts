import type { ConverseRequest } from '../runtime/converse-request.ts';
import { capitalised, changeIn } from './change-request.ts';
import { type Conversation, hasTool, readConversation, type SentFile } from './conversation.ts';
import { judgeRows } from './judge-rows.ts';
import { type Match, matchStories } from './match-stories.ts';
import { inForm, memoryTalk, procedureFor } from './memory-talk.ts';
import { namedTool } from './named-tool.ts';
import { planChange, tellChange } from './plan-change.ts';
import { quotePassages } from './quote-passages.ts';
import { failureOf, plainName } from './rows.ts';
import { requestsIn } from './said-meanwhile.ts';
import type { Call, Scene, Story } from './scene.ts';
import { isFollowUp, searchWords } from './search-words.ts';
import { lookedUp, searchTool } from './stories.ts';
import { sheetStory } from './summarise-sheet.ts';
import { queryTool } from './table-tools.ts';
import { asksOnAboutFiles, isOnlyAboutFiles, offer, smallTalk, tellFile } from './talk.ts';

export interface Rehearsed {
  readonly text: string;
  readonly calls: readonly Call[];
}

/** What the rehearsal model does with a request: calls what a story or a search still needs, then tells what came of it, as its asker likes it. */
export function rehearse(request: ConverseRequest): Rehearsed {
  const requests = requestsIn(request);
  return requests.length > 1 ? joined(requests) : rehearsed(request);
}

/** The answers to all that was asked while the first one was worked on; what is to be changed comes last, as it ends the run. */
function joined(requests: readonly ConverseRequest[]): Rehearsed {
  const parts = requests.map((request) => ({ request, ...readConversation(request) }));
  const changes = parts.filter(({ question }) => changeIn(question));
  // What was asked besides has been answered before it was made.
  const isMade = changes.some(({ question, outcomes }) => outcomes.some(({ name }) => name === changeIn(question)?.tool));
  const told: string[] = [];
  for (const { request, question } of isMade ? changes : [...parts.filter((part) => !changes.includes(part)), ...changes]) {
    const { text, calls } = rehearsed(request);
    const isReading = calls.some(({ name }) => name !== changeIn(question)?.tool);
    if (isReading) return { text: '', calls };
    told.push(text);
    if (calls.length > 0) return { text: isMade ? '' : inOne(told), calls };
  }
  return { text: inOne(told), calls: [] };
}

/** What several of them say is said once, and what may be asked next stands at the end. */
function inOne(texts: readonly string[]): string {
  const withoutNext = texts.slice(0, -1).map((text) => text.replace(/\n*```follow-ups\n[\s\S]*?```\s*$/, ''));
  const paragraphs = [...withoutNext, ...texts.slice(-1)].join('\n\n').split('\n\n');
  return paragraphs.filter((paragraph, index) => paragraphs.lastIndexOf(paragraph) === index).join('\n\n');
}

function rehearsed(request: ConverseRequest): Rehearsed {
  const conversation = readConversation(request);
  const judged = judgeRows(conversation, request.messages);
  if (judged) return { text: '', calls: [judged] };
  const { text, calls } = memoryTalk(conversation) ?? followed(conversation, request) ?? answered(conversation, request);
  return { text: text === '' || calls.length > 0 ? text : inForm(text, request.system), calls };
}

/** A procedure of the asker's is done as if they had said its words now. */
function followed(conversation: Conversation, request: ConverseRequest): Rehearsed | undefined {
  const procedure = procedureFor(conversation.question, request.system);
  if (!procedure) return undefined;
  const { name, text } = procedure;
  if (matchStories(text, conversation).stories.length > 0) return answered({ ...conversation, question: text }, request);
  const told = `For “${name}” you asked me: “${text}”. A model does so each time; I only play stories, and this is none of them.`;
  return { text: told, calls: [] };
}

function answered(conversation: Conversation, request: ConverseRequest): Rehearsed {
  const { question, outcomes, files } = conversation;
  const more = readOn(conversation);
  if (more.length > 0) return { text: '', calls: more };
  const forced = request.toolConfig?.toolChoice?.tool?.name;
  const query = searchWords(question, conversation).query;
  if (forced && outcomes.length === 0) return { text: '', calls: [{ name: forced, input: forced === searchTool ? { query } : {} }] };
  const change = changeIn(question);
  const made = outcomes.filter(({ name }) => name === change?.tool);
  if (made.length > 0) return { text: made.map(tellChange).join('\n\n'), calls: [] };
  const talk = change ? undefined : smallTalk(conversation);
  if (talk) return { text: [...files.map(tellFile), talk].join('\n\n'), calls: [] };
  const sheets = sheetsOf(conversation);
  const played = change
    ? playedOf(change.besides, conversation, sheets)
    : (namedOf(conversation) ?? playedOf(question, conversation, sheets));
  const calls = played.flatMap(({ missing }) => missing);
  if (calls.length > 0) return { text: '', calls: calls.filter((call, index) => calls.findIndex((one) => isSame(one, call)) === index) };
  const told = [...files.filter((file) => !sheets?.has(file)).map(tellFile), ...played.map(({ told }) => told)];
  const next = change && planChange(change, conversation);
  if (next?.kind === 'look-up') return { text: '', calls: [next.call] };
  // What was asked besides is answered before the change is proposed: afterwards there is only its outcome to speak of.
  if (next)
    return { text: [...told, ...(next.kind === 'ask' ? [next.words] : [])].join('\n\n'), calls: next.kind === 'call' ? [next.call] : [] };
  return {
    text: [...told, honesty(played, conversation), asksOn(played, conversation)].filter((part) => part !== '').join('\n\n'),
    calls: [],
  };
}

const mostPieces = 5;

/** Calls for the rest of what was cut, where there is a tool that gives it; after some pieces what is there has to do. */
function readOn(conversation: Conversation): Call[] {
  if (!hasTool(conversation, 'read_more')) return [];
  return conversation.outcomes.flatMap(({ next, pieces }) =>
    next && pieces < mostPieces ? [{ name: 'read_more', input: { ...next } }] : [],
  );
}

/** One story, one search or one named tool, as far as it has come. */
interface Played {
  readonly missing: readonly Call[];
  readonly told: string;
  /** What was searched for; empty where nothing was. */
  readonly query: string;
  readonly isStory: boolean;
  readonly next: readonly string[];
}

/** The one tool of another server that the question names. */
function namedOf(conversation: Conversation): Played[] | undefined {
  const named = namedTool(conversation);
  if (!named) return undefined;
  const [missing, told] = named.kind === 'call' ? [[named.call], ''] : [[], named.words];
  return [{ missing, told, query: '', isStory: true, next: [] }];
}

type Sheets = ReadonlyMap<SentFile, Story>;

/** The files that are to be added up, each with its story; undefined where more is asked for than files. */
function sheetsOf(conversation: Conversation): Sheets | undefined {
  const { question, files, earlierFiles } = conversation;
  const asksOn = asksOnAboutFiles(conversation);
  if (!asksOn && !isOnlyAboutFiles(conversation)) return undefined;
  const sheets = new Map(
    (asksOn ? earlierFiles : files).flatMap((file) => {
      const story = sheetStory(file, question);
      return story ? [[file, story] as const] : [];
    }),
  );
  if (asksOn && sheets.size === 0) return undefined;
  return hasTool(conversation, queryTool) ? sheets : new Map();
}

/** The stories that a question asks for, or of its sheets where it is about nothing else; what is left of it is searched for. */
function playedOf(question: string, conversation: Conversation, sheets: Sheets | undefined): Played[] {
  if (sheets) return [...sheets.values()].map((story) => play({ story, named: {}, text: question }, conversation));
  if (question === '') return [];
  const { stories, rest } = matchStories(question, conversation);
  const isHere = ({ name }: Call) => hasTool(conversation, name);
  const played = stories.map((match) => play(match, conversation));
  // Where a story's tools are not on offer, the documents may know.
  const possible = played.filter(({ missing }) => missing.every(isHere));
  if (possible.length > 0 && rest.length === 0) return possible;
  const text = possible.length === 0 || isFollowUp(rest.join(', ')) ? question : rest.join(', ');
  const search = play({ story: lookedUp(searchWords(text, conversation).query), named: {}, text }, conversation);
  if (search.missing.every(isHere)) return [...possible, search];
  const lacking = [...played, search].flatMap(({ missing }) => missing).find((call) => !isHere(call))?.name ?? searchTool;
  const told = `This takes my tool **${plainName(lacking)}**, and I do not have it here.`;
  return [...possible, { ...search, missing: [], query: '', told }];
}

function play({ story, named, text }: Match, conversation: Conversation): Played {
  const outcomeOf = (call: Call) => conversation.outcomes.find((outcome) => isSame(outcome, call));
  const isStory = story.asked.length > 0;
  let calls: readonly Call[] = [];
  const queryOf = () => String(calls.find(({ name }) => name === searchTool)?.input.query ?? '');
  const scene: Scene = {
    named,
    isHere: (name) => hasTool(conversation, name),
    result: (tool) =>
      calls.flatMap((call) => (call.name === tool && !outcomeOf(call)?.failed ? (outcomeOf(call)?.text ?? '') : [])).join('\n'),
    quote() {
      const query = queryOf();
      const answered = isFollowUp(text) ? conversation.answers.at(-1) : undefined;
      // A story knows the words of its document; in other documents those of the question may do.
      const wordings = [...(isStory ? [query] : []), searchWords(text, conversation).own];
      const quotes = wordings.flatMap((own) => quotePassages({ question: text, own, query, answered }, scene.result(searchTool)) ?? []);
      return quotes[0] ?? `I found nothing about “${query}” in the documents. Other words may help, or somebody in the team may know.`;
    },
  };
  // A call may need what another one returned.
  for (let next = story.calls(scene); next.length > calls.length; next = story.calls(scene)) calls = next;
  const failures = calls.flatMap((call) => outcomeOf(call) ?? []).flatMap((outcome) => failureOf(outcome) ?? []);
  const found = scene.result(searchTool) === '' || failures.length === 0 ? [] : [scene.quote()];
  return {
    missing: calls.filter((call) => !outcomeOf(call)),
    told: failures.length > 0 ? [...found, ...failures].join('\n\n') : story.tell(scene),
    query: queryOf(),
    isStory,
    next: failures.length > 0 ? [] : (story.next ?? []),
  };
}

function isSame(one: Call, other: Call): boolean {
  return one.name === other.name && JSON.stringify(one.input) === JSON.stringify(other.input);
}

/** That this is no understanding: in a few words below each search; in the first answer of a thread also what else there is. */
function honesty(played: readonly Played[], { answers, name }: Conversation): string {
  const queries = played.flatMap(({ query }) => (query === '' ? [] : `“${query}”`)).join(' and ');
  const search = `this is a search for ${queries}, not an understanding`;
  if (answers.length > 0) return queries === '' ? '' : `_${capitalised(search)}._`;
  const self = `I am ${name}'s rehearsal model: ${queries === '' ? 'I quote what my tools return, and understand nothing' : search}.`;
  return played.every(({ isStory }) => !isStory) ? `_${self}_\n\n${offer}` : `_${self}_`;
}

/** What one may ask next, as the instructions want it: but for what was just asked. */
function asksOn(played: readonly Played[], { asksOn: isWanted, question }: Conversation): string {
  const next = played.flatMap((one) => one.next).filter((line) => !question.toLowerCase().includes(line.slice(0, -1).toLowerCase()));
  return isWanted && next.length > 0 ? ['```follow-ups', ...next, '```'].join('\n') : '';
}
