import type { ToolSpec } from '../runtime/converse-request.ts';
import { actionOf, toolFor } from './acting-tools.ts';
import type { Conversation } from './conversation.ts';
import { draftOf } from './draft-of.ts';
import { fillDraft } from './fill-draft.ts';
import { clausesOf, type PlannedCall, planCalls } from './plan-calls.ts';
import { type Project, projectFor, projectsIn } from './project-for.ts';
import { type ChangeRequest, requestIn } from './request-in.ts';
import { nounsOf } from './tool-nouns.ts';
import { toolStem } from './tool-stems.ts';

/** `look-up`: something has to be known first. `ask`: nobody but the person knows it. */
export type PlannedChange =
  | { readonly kind: 'call' | 'look-up'; readonly call: PlannedCall }
  | { readonly kind: 'ask'; readonly words: string };

/** What to do about a request to change something; undefined when nothing is asked for, no tool does it, or it was tried already. */
export function planChange(conversation: Conversation): PlannedChange | undefined {
  const { question, tools, outcomes } = conversation;
  const request = changeIn(question);
  const tool = request && toolFor(request, tools);
  if (!tool || outcomes.some(({ name }) => isActing(name, tools))) return undefined;
  const draft = draftOf(request, conversation);
  const finder = tools.find(listsProjects);
  const listed = outcomes.find(({ name, failed }) => name === finder?.name && !failed);
  const thread = [...conversation.earlier.map(({ text }) => text), ...conversation.answers].join('\n');
  const found = listed && projectFor(draft.subject, thread, listed.text);
  const project = draft.project ?? found?.key;
  const types = typesIn(found, draft.types);
  const { input, missing, open } = fillDraft(tool, { ...draft, types, ...(project === undefined ? {} : { project }) });
  const wantsProject = [...missing, ...open].some((name) => /project/i.test(name));
  if (wantsProject && finder && !outcomes.some(({ name }) => name === finder.name)) {
    return { kind: 'look-up', call: { name: finder.name, input: {} } };
  }
  if (missing.length === 0) return { kind: 'call', call: { name: tool.name, input } };
  return { kind: 'ask', words: questionFor(missing, listed?.text ?? '') };
}

/** A tool that gives projects without being told which. */
function listsProjects(tool: ToolSpec): boolean {
  const { required = [] } = (tool.inputSchema.json ?? {}) as { readonly required?: readonly string[] };
  return actionOf(tool) === undefined && required.length === 0 && nounsOf(tool).join(' ') === toolStem('projects');
}

/** Those of the wanted types that a project has, else its own first; "Incident" only where it is known to be one. */
function typesIn(project: Project | undefined, wanted: readonly string[]): readonly string[] {
  if (!project || project.types.length === 0) return wanted.filter((type) => type !== 'Incident');
  const fitting = wanted.filter((type) => project.types.includes(type));
  return fitting.length > 0 ? fitting : project.types.slice(0, 1);
}

/** What a message that asks for a change asks besides. */
export function callsAskedFor(conversation: Conversation): readonly PlannedCall[] {
  const clauses = clausesOf(conversation.question);
  return clauses.length === 0 ? [] : planCalls({ ...conversation, question: clauses.join('? ') });
}

/** The request of a whole message, or of the part of it that is one. */
export function changeIn(question: string): ChangeRequest | undefined {
  const parts = question.split(/[?!;\n]+|\.\s+|,?\s+(?:and|then)\s+/i);
  return requestIn(question) ?? parts.map(requestIn).find((request) => request !== undefined);
}

function isActing(name: string, tools: readonly ToolSpec[]): boolean {
  const tool = tools.find((other) => other.name === name) ?? { name, inputSchema: {} };
  return actionOf(tool) !== undefined;
}

function questionFor(missing: readonly string[], listed: string): string {
  const names = missing.map((name) =>
    name
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll(/[_-]+/g, ' ')
      .toLowerCase(),
  );
  const known = projectsIn(listed).map(({ key, name }) => `${key} (${name})`);
  const projects = missing.some((name) => /project/i.test(name)) && known.length > 0 ? ` I know ${known.join(', ')}.` : '';
  return `I can do that, but I do not know the ${names.join(' and the ')}.${projects} Please say it again with that in it.`;
}
