import { isJsonObject } from '@vera/stand-in-kit/json-object';
import type { ToolSpec } from '../runtime/converse-request.ts';
import type { Conversation } from './conversation.ts';
import { failureOf } from './rows.ts';
import type { Call } from './scene.ts';

/** What a question that names a tool of somebody's own server comes to: a call, or words. */
export type NamedTool = { readonly kind: 'call'; readonly call: Call } | { readonly kind: 'told'; readonly words: string };

/** Vera's own, and those of the demo company: the stories call them. */
const known =
  /^(?:gateway_.*|(?:search_knowledge_base|current_time|calculate|connect_accounts|read_more|find_tools|use_tool|delegate|delegate_rows|query_table|draw_chart|attach_file)|[a-z_]*_(?:jira|confluence|service_desk)_?[a-z_]*)$/;

/**
 * The one tool of another server that the question names, as `files_list_directory`, `list_directory` or "list directory", called with the
 * `name=value` pairs of the question; the one text it needs is what the question quotes, else its last words. No guess beyond that.
 */
export function namedTool({ question, tools, outcomes }: Conversation): NamedTool | undefined {
  const [best, another] = tools
    .filter(({ name }) => !known.test(name))
    .flatMap((tool) => namingOf(tool, question) ?? [])
    .sort((one, other) => other.weight - one.weight);
  if (!best) return undefined;
  if (another && another.weight === best.weight) {
    return { kind: 'told', words: `Two of my tools are called like that: \`${best.tool.name}\` and \`${another.tool.name}\`. Which one?` };
  }
  const outcome = outcomes.find(({ name }) => name === best.tool.name);
  if (outcome) return { kind: 'told', words: outcome.failed ? (failureOf(outcome) ?? '') : told(best.tool.name, outcome.text) };
  return callOf(best, question);
}

interface Naming {
  readonly tool: ToolSpec;
  /** The more words of the name the question says, the surer; its server's name as well. */
  readonly weight: number;
  /** Where in the question's words the name ends. */
  readonly end: number;
}

function namingOf(tool: ToolSpec, question: string): Naming | undefined {
  const [server = '', ...rest] = tool.name.split('_');
  const own = wordsIn(rest.join('_'));
  const said = saidIn(question);
  const at = said.findIndex((_, index) => own.every((word, offset) => said[index + offset]?.word === word));
  if (own.length === 0 || at === -1) return undefined;
  const isServerNamed = said.some(({ word }, index) => word === server && (index < at || index >= at + own.length));
  return { tool, weight: own.length * 2 + (isServerNamed ? 1 : 0), end: said[at + own.length - 1]?.end ?? 0 };
}

interface Said {
  readonly word: string;
  readonly end: number;
}

/** What is quoted or given as a value names no tool. */
function saidIn(question: string): Said[] {
  const plain = question.replace(/"[^"]*"|“[^”]*”|=\S+/g, (hidden) => ' '.repeat(hidden.length));
  return [...plain.matchAll(/\p{Ll}+|\p{Lu}\p{Ll}*|\p{N}+/gu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    end: index + word.length,
  }));
}

function wordsIn(name: string): string[] {
  return saidIn(name).map(({ word }) => word);
}

function callOf({ tool, end }: Naming, question: string): NamedTool {
  const schema = isJsonObject(tool.inputSchema.json) ? tool.inputSchema.json : {};
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const given = givenIn(question, properties);
  const open = required.filter((name) => !(name in given));
  const [only, ...more] = open;
  const text = textIn(question, end);
  const isText = only !== undefined && more.length === 0 && isJsonObject(properties[only]) && properties[only].type === 'string';
  if (only !== undefined && !(isText && text !== ''))
    return { kind: 'told', words: `My tool \`${tool.name}\` needs ${open.map((name) => `\`${name}=…\``).join(' and ')} in the question.` };
  return { kind: 'call', call: { name: tool.name, input: only === undefined ? given : { ...given, [only]: text } } };
}

function givenIn(question: string, properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const pairs = [...question.matchAll(/([A-Za-z_][\w-]*)=(?:"([^"]*)"|“([^”]*)”|(\S+?)(?=[,;]?(?:\s|$)))/g)];
  return Object.fromEntries(
    pairs.flatMap(([, name = '', ...values]) => {
      const schema = properties[name];
      return isJsonObject(schema) ? [[name, valueIn(values.find((value) => value !== undefined) ?? '', schema.type)]] : [];
    }),
  );
}

function valueIn(text: string, type: unknown): unknown {
  if (type === 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return type === 'array' ? text.split(',') : text;
  }
}

/** What is quoted; else what stands behind the last "to", "of", "for" …, else behind the tool's name. */
function textIn(question: string, end: number): string {
  const quoted = /"([^"]+)"|“([^”]+)”|`([^`]+)`/
    .exec(question)
    ?.slice(1)
    .find((text) => text !== undefined);
  if (quoted !== undefined) return quoted;
  const behind = question.slice(end);
  const last = /^.*\b(?:to|of|for|with|about|in|on|at|from)\b[\s:]+(.+)$/is.exec(behind)?.[1] ?? behind;
  return last.replace(/\bplease\b/i, '').replace(/^[\s:,]+|[\s?!.,]+$/g, '');
}

/** As it is: what a tool says is not understood, only shown. */
function told(name: string, text: string): string {
  return `My tool \`${name}\` says:\n\n\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``;
}
