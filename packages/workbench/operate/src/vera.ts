// `pnpm vera`: what a person does around a deployment, at a terminal. Prints no key.
import { readFileSync } from 'node:fs';
import { usageOf } from './command.ts';
import { commands } from './commands.ts';
import { UsageError } from './usage-error.ts';

try {
  process.exitCode = await run(process.argv.slice(2).filter((argument) => argument !== '--'));
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run([name = '', ...args]: readonly string[]): Promise<number> {
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command.run(args);
  const isHelp = name === '--help' || name === '-h';
  (isHelp ? process.stdout : process.stderr).write(`${usageOf([...Object.values(commands).flatMap(({ usage }) => usage), '--version'])}

pnpm vera COMMAND --help tells what it does. Which deployment: VERA_ENVIRONMENT names a file of stacks/environments.
`);
  return isHelp ? 0 : 1;
}

function version(): string {
  const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
