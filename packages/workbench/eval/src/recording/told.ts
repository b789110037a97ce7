import { writeFileSync } from 'node:fs';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { stringify } from 'yaml';
import { readYaml } from './read-yaml.ts';

/** All that models are told whatever is asked, by name: each prompt before its cache point, each tool with its fields; some in several wordings. */
export type ToldTexts = Readonly<Record<string, readonly string[]>>;

export function toldIn(requests: readonly ConverseRequest[]): ToldTexts {
  const prompts = requests.flatMap(({ system = [] }) => {
    const point = system.findIndex(({ cachePoint }) => cachePoint);
    return system.slice(0, Math.max(0, point)).flatMap(({ text }) => text ?? []);
  });
  const specs = requests.flatMap(({ toolConfig }) => toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec ?? []);
  // Each request has all of them again, and YAML takes its time.
  const tools = [...new Map(specs.map((spec) => [JSON.stringify(spec), spec])).values()];
  return toldTogether([
    ...prompts.map((text) => ({ [`prompt “${text.split('\n', 1)[0]}”`]: [text] })),
    ...tools.map(({ name, description, inputSchema }) => ({ [`tool ${name}`]: [`${description}\n${stringify(inputSchema.json)}`] })),
  ]);
}

/** Each wording once. */
export function toldTogether(all: readonly ToldTexts[]): ToldTexts {
  const together = new Map<string, Set<string>>();
  for (const [name, texts] of all.flatMap((told) => Object.entries(told))) {
    together.set(name, new Set([...(together.get(name) ?? []), ...texts]));
  }
  return Object.fromEntries([...together].map(([name, texts]) => [name, [...texts].sort()]));
}

/** None where there is no file. */
export function readTold(file: string): ToldTexts {
  return (readYaml(file) ?? {}) as ToldTexts;
}

const header = '# What the models of the recordings were told, word for word. Written by pnpm eval --update; a difference is a warning.\n';

export function writeTold(file: string, told: ToldTexts): void {
  const sorted = Object.fromEntries(Object.entries(told).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(file, header + stringify(sorted, { lineWidth: 0, blockQuote: 'literal' }));
}

/** What is told otherwise than before, by lines. What is not told in this run is none: it may be a part of the cases. */
export function toldDifferences(before: ToldTexts, now: ToldTexts): string[] {
  return Object.entries(now).flatMap(([name, texts]) => {
    const known = before[name];
    const others = texts.filter((text) => !known?.includes(text));
    if (others.length === 0) return [];
    if (!known) return [`${name} is new`];
    const [was, is] = [known.join('\n').split('\n'), others.join('\n').split('\n')];
    // Lost is what no wording of now has; one of several may be told in other cases.
    const all = texts.join('\n').split('\n');
    const lost = was.filter((line) => !all.includes(line)).map((line) => `    - ${line}`);
    const gained = is.filter((line) => !was.includes(line)).map((line) => `    + ${line}`);
    return [[`${name} is told otherwise`, ...lost, ...gained].join('\n')];
  });
}
