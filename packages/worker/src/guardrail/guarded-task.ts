import type { AgentTask, Content, MadeCall } from '../agent/agent.ts';
import { markAsData } from '../mark-as-data.ts';
import { plainName } from '../plain-name.ts';
import type { GuardedTalk } from './guarded-talk.ts';
import { guardedText } from './guarded-text.ts';
import { guardedOutput, guardedTool, type OnNote } from './guarded-tool.ts';
import type { JudgeText } from './judge-text.ts';

/** A task behind the guardrail: its tools, what was said and the texts of files, and those of calls that were made for it before. */
export async function guardedTask(task: AgentTask, { judge, talk, onNote }: GuardParams): Promise<AgentTask> {
  const { signal } = task;
  const said = await talk.guard(task.turns, { signal, onNote });
  const turns = said.map(async ({ role, content }) => ({
    role,
    content: await Promise.all(content.map((part) => guardedFile(part, judge, { signal, onNote }))),
  }));
  const made = (task.made ?? []).map(async (call): Promise<MadeCall> => {
    const title = task.tools.find(({ name }) => name === call.tool)?.title ?? call.tool;
    return { ...call, output: await guardedOutput(judge, call.output, { title, signal, onNote }) };
  });
  const tools = task.tools.map((tool) => guardedTool(tool, judge, onNote));
  return { ...task, tools, turns: await Promise.all(turns), made: await Promise.all(made) };
}

export interface GuardParams {
  readonly judge: JudgeText;
  readonly talk: GuardedTalk;
  readonly onNote: OnNote;
}

interface Guarding {
  readonly signal: AbortSignal;
  readonly onNote: OnNote;
}

async function guardedFile(part: Content, judge: JudgeText, { signal, onNote }: Guarding): Promise<Content> {
  const file = fileIn(part);
  if (!file) return part;
  const { text, notes } = await guardedText(judge, file.text, `the file “${plainName(file.name)}”`, signal);
  for (const note of notes) onNote(note);
  if (part.kind === 'text') return { ...part, text };
  // Its bytes cannot be masked.
  return text === file.text ? part : { kind: 'text', text: markAsData(text, file.name), file: file.name };
}

/** What a file says, as far as that was read. */
function fileIn(part: Content): { readonly name: string; readonly text: string } | undefined {
  if (part.kind === 'text') return part.file === undefined ? undefined : { name: part.file, text: part.text };
  return part.kind === 'document' && part.text !== undefined ? { name: part.name, text: part.text } : undefined;
}
