import { readdirSync, readFileSync } from 'node:fs';

/** A helper that knows one kind of work: a file of data. */
export interface Specialist {
  readonly name: string;
  /** For whoever chooses one. */
  readonly description: string;
  readonly prompt: string;
  /** Names of its tools; `*` stands for any characters. */
  readonly tools: readonly string[];
  /** A model of the list of those that helpers may use; where that is not there, the one that answers. */
  readonly model?: string;
  /** `findings`: claims, each with what it rests on, instead of a text. */
  readonly answersWith: 'text' | 'findings';
}

export interface HelperFiles {
  /** Stands before the prompt of each. */
  readonly common: string;
  readonly specialists: readonly Specialist[];
}

/** The worker does not start without them. The message names the file at fault. */
export class HelperFilesError extends Error {
  readonly code = 'helper-files';
}

const commonName = 'helper';

/** Reads `helper.md`, which is common to all, and a specialist of each other file of the folder. */
export function readHelperFiles(folder: URL): HelperFiles {
  const names = filesIn(folder)
    .filter((file) => /^[a-z-]+\.md$/.test(file))
    .map((file) => file.slice(0, -'.md'.length));
  const textOf = (name: string) =>
    readFileSync(new URL(`${name}.md`, folder), 'utf8')
      .replace(/^\ufeff/, '')
      .replace(/\r\n?/g, '\n')
      .trim();
  const common = names.includes(commonName) ? textOf(commonName) : '';
  if (common === '') throw new HelperFilesError(`${commonName}.md is missing or empty`);
  const specialists = names.filter((name) => name !== commonName).sort();
  return { common, specialists: specialists.map((name) => toSpecialist(name, textOf(name))) };
}

function filesIn(folder: URL): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const known = ['description', 'tools', 'model', 'answers'];

/** Lines of `name: value` between two lines of `---`, then the prompt. */
function toSpecialist(name: string, text: string): Specialist {
  const wrong = (problem: string) => new HelperFilesError(`${name}.md ${problem}`);
  const [, head, prompt = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  if (head === undefined) throw wrong('does not begin with its description and tools between lines of ---');
  const fields = new Map(
    head.split('\n').map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const strange = [...fields.keys()].find((field) => !known.includes(field));
  if (strange !== undefined) throw wrong(`says ${strange}, which nothing reads`);
  const { description = '', tools = '', model, answers = 'text' } = Object.fromEntries(fields);
  if (description === '' || tools === '' || prompt.trim() === '') throw wrong('lacks its description, its tools or its prompt');
  if (answers !== 'text' && answers !== 'findings') throw wrong(`answers with ${answers}, and not with text or findings`);
  const patterns = tools.split(',').map((pattern) => pattern.trim());
  return { name, description, prompt: prompt.trim(), tools: patterns, answersWith: answers, ...(model === undefined ? {} : { model }) };
}
