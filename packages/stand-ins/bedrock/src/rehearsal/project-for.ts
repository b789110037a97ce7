import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import type { Subject } from './subject-of.ts';

export interface Project {
  readonly key: string;
  readonly name: string;
  /** Names of the types that its issues may have; empty when the tool does not say. */
  readonly types: readonly string[];
}

type Listed = Readonly<Record<string, unknown>>;

/** The projects in what a tool returned: objects with a key and a name. */
export function projectsIn(text: string): readonly (Project & { readonly said: string })[] {
  const data = parsed(text);
  const lists = [data, ...Object.values(isRecord(data) ? data : {})].filter((value) => Array.isArray(value));
  return lists.flat().flatMap((one) => {
    if (!isRecord(one) || typeof one.key !== 'string' || typeof one.name !== 'string') return [];
    const said = [one.key, one.name, String(one.description ?? ''), ...namesIn(one.components)].join(' ');
    return [{ key: one.key, name: one.name, types: namesIn(one.issueTypes), said }];
  });
}

/** The project that speaks of what a subject speaks of; undefined when none does, or two as much. */
export function projectFor(subject: Subject | undefined, thread: string, text: string): Project | undefined {
  const about = meaningsOf(`${subject?.title ?? ''} ${subject?.facts.join(' ') ?? ''}`);
  const around = meaningsOf(thread);
  const ranked = projectsIn(text)
    .map((project) => {
      const words = [...meaningsOf(project.said)];
      const weight = words.filter((word) => about.has(word)).length * 3 + words.filter((word) => around.has(word)).length;
      return { project, weight };
    })
    .sort((a, b) => b.weight - a.weight);
  const [first, second] = ranked;
  return first && first.weight > (second?.weight ?? 0) ? first.project : undefined;
}

function namesIn(parts: unknown): string[] {
  return Array.isArray(parts) ? parts.flatMap((part) => (isRecord(part) && part.subtask !== true ? String(part.name) : [])) : [];
}

function isRecord(value: unknown): value is Listed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
