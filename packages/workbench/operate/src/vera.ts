// `pnpm vera`: what a person does around a deployment, at a terminal. Prints no key.
import { readFileSync } from 'node:fs';
import { withoutAnySecret, withoutSecrets } from '@vera/service-kit/secret-texts';
import { nearestOf } from '@vera/stacks/nearest-of';
import { usageOf } from './command.ts';
import { commands } from './commands.ts';
import { isSignedOut, signedOutWords } from './sign-in.ts';
import { UsageError } from './usage-error.ts';

try {
  process.exitCode = await run(process.argv.slice(2).filter((argument) => argument !== '--'));
} catch (error) {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exitCode = 1;
}

async function run(words: readonly string[]): Promise<number> {
  const at = words.findIndex(isSecret);
  if (at !== -1)
    throw new UsageError(
      `Word ${at + 1} looks like a key, which belongs on no command line: it is in your shell’s history now. Make another one, and enter it with pnpm vera secrets.`,
    );
  const [name = '', ...args] = words;
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command.run(args);
  const isHelp = name === '--help' || name === '-h';
  if (!isHelp && name !== '') throw new UsageError(wordsOfUnknown(name));
  (isHelp ? process.stdout : process.stderr).write(`${usageOf([...Object.values(commands).flatMap(({ usage }) => usage), '--version'])}

pnpm vera COMMAND --help tells what it does. Which deployment: VERA_ENVIRONMENT names a file of stacks/environments.
`);
  return isHelp ? 0 : 1;
}

function wordsOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  return isSignedOut(error) ? signedOutWords(error) : String(error);
}

/** What else was typed is not repeated: many paste a key there. */
function wordsOfUnknown(name: string): string {
  const names = Object.keys(commands);
  const meant = nearestOf(name, names);
  return `There is no such command.${meant === undefined ? '' : ` Did you mean pnpm vera ${meant}?`} There are: ${names.join(', ')}; pnpm vera --help.`;
}

/** Keys by their form, and `NAME=value` by the name. */
function isSecret(word: string): boolean {
  return withoutSecrets(word) !== word || (word.includes('=') && withoutAnySecret(word) !== word);
}

function version(): string {
  const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
