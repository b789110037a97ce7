import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

interface CommandLine<Options extends ParseArgsOptionsConfig> {
  readonly help: string;
  readonly options?: Options;
  /** How many words it takes beside its options; none where nothing is said. */
  readonly words?: number;
}

const alsoTaken = { help: { type: 'boolean', short: 'h' } } as const;

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true }>>;

/** What was typed behind a command. Where somebody asks for help, or typed what it does not know, it tells the help, and the process ends here. */
export function readCommandLine<const Options extends ParseArgsOptionsConfig>(command: CommandLine<Options>): Parsed<Options> {
  const { help, options, words = 0 } = command;
  // pnpm hands on the "--" of "pnpm settings -- --help".
  const args = process.argv.slice(2).filter((word) => word !== '--');
  try {
    const { values, positionals } = parseArgs({ args, options: { ...options, ...alsoTaken }, allowPositionals: true });
    if ((values as { help?: boolean }).help) end(0, help);
    const [surplus] = positionals.slice(words);
    if (surplus !== undefined) end(1, `There is nothing that '${surplus}' could mean here.\n\n${help}`);
    return { values, positionals } as Parsed<Options>;
  } catch (error) {
    return end(1, `${error instanceof Error ? error.message.split('\n')[0] : error}\n\n${help}`);
  }
}

function end(code: 0 | 1, text: string): never {
  (code === 0 ? process.stdout : process.stderr).write(`${text.trim()}\n`);
  process.exit(code);
}
