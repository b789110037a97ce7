import type { ToolSpec } from '../runtime/converse-request.ts';
import type { Action, ChangeRequest, Target } from './request-in.ts';
import { plainName } from './tool-stems.ts';

const reading = /^(?:list|get|search|find|show|read|count|lookup|fetch|query|prepare|download|describe)$/;
const acting: readonly (readonly [Action, RegExp])[] = [
  ['comment', /^(?:comment|reply|note)$/],
  ['move', /^(?:transition|move|close|resolve|reopen)$/],
  ['edit', /^(?:edit|update|change|set|assign|rename)$/],
  ['create', /^(?:create|open|file|raise|add|new|submit|post|write)$/],
];
const targets: readonly (readonly [Target, RegExp])[] = [
  ['page', /\b(?:page|confluence|wiki|article)\b/],
  ['request', /\b(?:request|service desk)\b/],
  ['issue', /\b(?:issue|ticket|jira|bug|task)\b/],
];

/** What a tool changes by its name: `create_jira_issue` creates; undefined for one that only reads. */
export function actionOf(tool: ToolSpec): Action | undefined {
  const words = plainName(tool).toLowerCase().split(' ');
  const verb = words.find((word) => reading.test(word) || acting.some(([, pattern]) => pattern.test(word)));
  if (verb === undefined || reading.test(verb)) return undefined;
  return acting.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0];
}

/** The tool that does what is asked; undefined when none is offered. */
export function toolFor({ action, target }: ChangeRequest, tools: readonly ToolSpec[]): ToolSpec | undefined {
  return tools.find((tool) => actionOf(tool) === action && targetOf(tool) === target);
}

function targetOf(tool: ToolSpec): Target | undefined {
  const name = plainName(tool).toLowerCase();
  return targets.find(([, pattern]) => pattern.test(name))?.[0];
}
