import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';

/** A sentence that a model is told, and where it stands. */
export interface Sentence {
  readonly where: string;
  readonly text: string;
}

/** All that a request tells a model beside what was said: its prompt, and what its tools say of themselves and their fields. */
export function sentencesOf({ system = [], toolConfig }: ConverseRequest): Sentence[] {
  const prompt = system.flatMap(({ text }) => text ?? []).join('\n');
  const tools = (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => toolSpec ?? []);
  return [
    // What is remembered of somebody is no sentence of ours.
    ...split('prompt', prompt.replace(/<data [\s\S]*?<\/data>/g, '')),
    ...tools.flatMap(({ name, description = '', inputSchema }) => [...split(name, description), ...ofFields(name, inputSchema.json)]),
  ];
}

function split(where: string, text: string): Sentence[] {
  const lines = text.split('\n').map((line) => line.replace(/^\s*(?:[-*]|\d+\.)\s+/, '').trim());
  const sentences = lines.flatMap((line) => line.split(/(?<=[.!?])\s+(?=[\p{Lu}`“"])/u));
  return sentences.filter((sentence) => /\p{L}/u.test(sentence)).map((sentence) => ({ where, text: sentence }));
}

/** Fields of a schema, those within others by a dot. */
function ofFields(where: string, schema: unknown): Sentence[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, items } = schema as { readonly properties?: Readonly<Record<string, object>>; readonly items?: unknown };
  const inside = Object.entries(properties).flatMap(([name, field]) => {
    const place = `${where}.${name}`;
    return ['description' in field ? split(place, String(field.description)) : [], ofFields(place, field)].flat();
  });
  return [...inside, ...ofFields(where, items)];
}
