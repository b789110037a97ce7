import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { nearestOf } from '@vera/stacks/nearest-of';
import { UsageError } from './usage-error.ts';

/** One of `pnpm vera`. */
export interface Command {
  /** Each way to write it, after `pnpm vera`. */
  readonly usage: readonly string[];
  /** What it does, and what each option is. */
  readonly help: string;
  /** Gives the status to end with. Throws `UsageError` for anything it does not understand. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

interface Parts<Options extends ParseArgsOptionsConfig> extends Omit<Command, 'run'> {
  readonly options: Options;
  readonly act: (values: Values<Options>, words: readonly string[]) => Promise<number>;
}

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ readonly options: Options; readonly allowPositionals: true }>
>['values'];

export function createCommand<Options extends ParseArgsOptionsConfig>({ options, act, ...texts }: Parts<Options>): Command {
  return {
    ...texts,
    async run(args) {
      if (args.includes('--help') || args.includes('-h')) {
        process.stdout.write(helpOf(texts));
        return 0;
      }
      const { values, positionals } = parsed(args, options, texts);
      return act(values, positionals);
    },
  };
}

export function helpOf({ usage, help }: Pick<Command, 'usage' | 'help'>): string {
  return `${usageOf(usage)}\n\n${help.trim()}\n`;
}

export function usageOf(ways: readonly string[]): string {
  return ways.map((way, index) => `${index === 0 ? 'Usage:' : '      '} pnpm vera ${way}`).join('\n');
}

/** A mistake in what was typed, with how it is meant. */
export function misuse(words: string, { usage }: Pick<Command, 'usage'>): UsageError {
  return new UsageError(`${words}\n${usageOf(usage)}`);
}

/** A word of a command that is none of those it knows. It is not repeated: many paste a key there. */
export function wrongWord(given: string, known: readonly string[], texts: Pick<Command, 'usage'>): UsageError {
  const meant = nearestOf(given, known);
  const words = meant === undefined ? `It takes ${known.join(', ')}.` : `Did you mean ${meant}?`;
  return misuse(`${given === '' ? '' : 'There is no such word here. '}${words}`, texts);
}

function parsed<Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options, texts: Pick<Command, 'usage'>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw misuse(wordsOf(error, Object.keys(options)), texts);
  }
}

/** `--days -1`, and an option at the end that lacks its value. */
function valueWords(message: string): string {
  const [, option = ''] = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:is ambiguous|missing)/.exec(message) ?? [];
  return option === '' ? message : `${option} needs a value behind it, one that does not begin with a hyphen.`;
}

/** Node's words quote what was typed, which may be a key, and advise what no command here takes. */
function wordsOf(error: unknown, options: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, dashes = '', name = ''] = /^Unknown option '(--?)([\w-]+)'/.exec(message) ?? [];
  if (name === '') return valueWords(message);
  if (name === 'local' || name === 'data') return `There is no --${name} here: this command looks at what is deployed, and nowhere else.`;
  const meant = nearestOf(name, options);
  const otherwise = options.length === 0 ? 'it takes none' : `it takes ${options.map((option) => `--${option}`).join(', ')}`;
  return `There is no option ${dashes}${name} here: ${meant === undefined ? otherwise : `did you mean --${meant}?`}`;
}
