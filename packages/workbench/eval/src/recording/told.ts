import { readFileSync, writeFileSync } from 'node:fs';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { parse, stringify } from 'yaml';

/** All that models are told whatever is asked, by name: each prompt before its cache point, each tool with its fields. */
export type ToldTexts = Readonly<Record<string, string>>;

export function toldIn(requests: readonly ConverseRequest[]): ToldTexts {
  const told: Record<string, string> = {};
  for (const { system = [], toolConfig } of requests) {
    const point = system.findIndex(({ cachePoint }) => cachePoint);
    const prompt = system
      .slice(0, Math.max(0, point))
      .flatMap(({ text }) => text ?? [])
      .join('\n\n');
    if (prompt !== '') told[`prompt “${prompt.split('\n', 1)[0]}”`] = prompt;
    for (const { toolSpec } of toolConfig?.tools ?? []) {
      if (toolSpec) told[`tool ${toolSpec.name}`] = `${toolSpec.description}\n${stringify(toolSpec.inputSchema.json)}`;
    }
  }
  return told;
}

/** None where there is no file. */
export function readTold(file: string): ToldTexts {
  try {
    return parse(readFileSync(file, 'utf8')) as ToldTexts;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

const header = '# What the models of the recordings were told, word for word. Written by pnpm eval --update; a difference is a warning.\n';

export function writeTold(file: string, told: ToldTexts): void {
  const sorted = Object.fromEntries(Object.entries(told).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(file, header + stringify(sorted, { lineWidth: 0, blockQuote: 'literal' }));
}

/** What is told otherwise than before, by lines. What is not told in this run is none: it may be a part of the cases. */
export function toldDifferences(before: ToldTexts, now: ToldTexts): string[] {
  return Object.entries(now).flatMap(([name, text]) => {
    const old = before[name];
    if (old === text) return [];
    if (old === undefined) return [`${name} is new`];
    const [was, is] = [old.split('\n'), text.split('\n')];
    const lost = was.filter((line) => !is.includes(line)).map((line) => `    - ${line}`);
    const gained = is.filter((line) => !was.includes(line)).map((line) => `    + ${line}`);
    return [[`${name} is told otherwise`, ...lost, ...gained].join('\n')];
  });
}
