import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { checkOpenAiModel } from '@vera/bedrock-stand-in/open-ai-model';
import { startVitest } from 'vitest/node';
import type { EvalOptions, LiveModel } from './options.ts';
import { Report } from './report.ts';

const help = `Usage: pnpm eval [NAME] [options]

Plays conversations with the worker as it ships; what the model says comes from recordings. Sends nothing anywhere.

  NAME                only cases whose topic or name has it
  --strict            any difference to what was recorded fails, also one word of the prompt: before a release
  --update            writes the keys of the recordings anew, after a change that was meant
  --record            asks a model, at your cost, and writes what it says over the recordings; with --model
  --model ID          a model of Amazon Bedrock, with your AWS credentials; with VERA_MODEL_URL one of that server
  --without           takes away one sentence of the prompt and the tools after another, and writes which case notices: removed-sentences.md
  --help              this text
`;

type Environment = Readonly<Record<string, string | undefined>>;

interface Outlets {
  readonly write: (text: string) => void;
  readonly fail: (text: string) => void;
}

/** The command: what the process ends with. */
export async function runEval(args: readonly string[], environment: Environment, { write, fail }: Outlets): Promise<number> {
  try {
    const { values, positionals } = parsed(args);
    if (values.help) {
      write(help);
      return 0;
    }
    return await play(await optionsOf(values, environment), positionals.join(' '), write);
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function parsed(args: readonly string[]) {
  const off = { type: 'boolean', default: false } as const;
  const options = { strict: off, update: off, without: off, record: off, help: { ...off, short: 'h' }, model: { type: 'string' } } as const;
  try {
    return parseArgs({ args: args.filter((argument) => argument !== '--'), options, allowPositionals: true });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${help}`, { cause: error });
  }
}

type Values = ReturnType<typeof parsed>['values'];

const home = join(import.meta.dirname, '..');

async function optionsOf({ strict, update, record, without, model }: Values, environment: Environment): Promise<EvalOptions> {
  const common = { isStrict: strict, recordings: join(home, 'recordings') };
  if (record !== (model !== undefined)) throw new Error('--record and --model go together: nothing is sent to a model that is not named.');
  if (Number(record) + Number(update) + Number(without) > 1)
    throw new Error('--record, --update and --without are three things: choose one.');
  if (model !== undefined) return { ...common, mode: 'record', live: await liveOf(model, environment) };
  if (without) return { ...common, mode: 'without' };
  return { ...common, mode: update ? 'update' : 'replay' };
}

async function liveOf(
  model: string,
  { VERA_MODEL_URL: url, VERA_MODEL_KEY: apiKey, AWS_REGION: region = 'us-east-1' }: Environment,
): Promise<LiveModel> {
  if (url) {
    const server = { url, ...(apiKey ? { apiKey } : {}) };
    const { name } = await checkOpenAiModel({ ...server, model });
    return { kind: 'open-ai', ...server, model: name };
  }
  const { accessKeyId, secretAccessKey, sessionToken } = await new BedrockRuntimeClient({ region }).config.credentials();
  return {
    kind: 'bedrock',
    modelId: model,
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  };
}

async function play(options: EvalOptions, name: string, write: (text: string) => void): Promise<number> {
  const report = new Report({ ...options, isWhole: name === '' }, write);
  const vitest = await startVitest('test', options.mode === 'without' ? ['told-'] : [], {
    config: join(home, 'vitest.config.ts'),
    root: home,
    watch: false,
    provide: { eval: options },
    reporters: [report],
    ...(name ? { testNamePattern: name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') } : {}),
  });
  await vitest.close();
  return report.hasFailed ? 1 : 0;
}
