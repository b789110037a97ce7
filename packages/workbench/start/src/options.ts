import { parseArgs } from 'node:util';
import { UsageError } from '@vera/operate/usage-error';
import type { BudgetData } from '@vera/worker/env';
import { names } from './names.ts';
import { budgetNames, readBudgets } from './read-budgets.ts';

/** What the command line asks for. */
export interface Options {
  readonly port: number;
  readonly isFresh: boolean;
  readonly isHelp: boolean;
  readonly isVerbose: boolean;
  readonly isRealBedrock: boolean;
  readonly modelId?: string;
  readonly documents?: string;
  readonly dataFolder?: string;
  readonly mcpFile?: string;
  readonly platform: 'v1' | 'v2' | 'lambda';
  readonly overlap: 'fold' | 'queue';
  readonly budgets: BudgetData;
}

export const help = `Vera on this machine: Slack, AWS and the model are emulated, everything else is the real thing.

Usage: pnpm start [options]

  --port NUMBER       port of the page (default 3000; 0 takes any free one)
  --documents FOLDER  Markdown files to use as knowledge base instead of the demo company's
  --mcp FILE          MCP servers of your own, as JSON (docs/tools.md); their keys are variables of your environment
  --data FOLDER       where conversations are kept (default .vera)
  --fresh             forget the conversations of earlier runs
  --real-bedrock      use the real Amazon Bedrock with your AWS credentials instead of the emulator (this costs money)
  --model-id ID       the model the worker asks for, such as us.anthropic.claude-sonnet-5-5
  --worker WHERE      agentcore (default), or lambda: the worker is a Lambda function, as with worker: { on: 'lambda' } in the settings
  --platform VERSION  AgentCore's: v2 restores each session from a snapshot (default), v1 starts a process for it
  --overlap WAY       what a second message becomes while the first is answered: fold (default) or queue, as the setting
  --budget NAME=NUMBER  what may be used, by the settings' names, such as person.tokensPerDay=50000, or off; as often as you
                      like. Names: ${budgetNames.slice(0, 3).join(', ')},
                      ${budgetNames.slice(3, 6).join(', ')},
                      ${budgetNames.slice(6).join(', ')}
  --verbose           print every log line of every component
  --help              show this text

Environment:
  VERA_MODEL_URL      an OpenAI-compatible server to answer with, such as http://127.0.0.1:11434/v1 (Ollama)
  VERA_MODEL          its model; by default the first one it lists
  VERA_MODEL_KEY      its key, if it wants one
`;

/** Throws `UsageError` for anything it does not understand. */
export function readOptions(args: readonly string[]): Options {
  const { port, fresh, help: isHelp, verbose, documents, data, mcp, platform, worker, overlap, ...rest } = parse(args);
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65_535) throw new UsageError(`--port takes a number from 0 to 65535, not "${port}".`);
  if (overlap !== 'fold' && overlap !== 'queue') throw new UsageError(`--overlap takes fold or queue, not "${overlap}".`);
  return {
    port: number,
    platform: platformOf(worker, platform, rest['real-bedrock']),
    overlap,
    budgets: readBudgets(rest.budget, rest['model-id'] ?? names.modelId),
    isFresh: fresh,
    isHelp,
    isVerbose: verbose,
    isRealBedrock: rest['real-bedrock'],
    ...(rest['model-id'] === undefined ? {} : { modelId: rest['model-id'] }),
    ...(documents === undefined ? {} : { documents }),
    ...(data === undefined ? {} : { dataFolder: data }),
    ...(mcp === undefined ? {} : { mcpFile: mcp }),
  };
}

function platformOf(worker: string, platform: string | undefined, isRealBedrock: boolean): Options['platform'] {
  if (worker !== 'agentcore' && worker !== 'lambda') throw new UsageError(`--worker takes agentcore or lambda, not "${worker}".`);
  if (worker === 'lambda') {
    if (platform !== undefined) throw new UsageError("--platform is AgentCore's, and --worker lambda does without.");
    // Lambda's own credentials come first, and cannot be set.
    if (isRealBedrock)
      throw new UsageError('--real-bedrock needs --worker agentcore: a Lambda has the credentials of its role, and none of yours.');
    return 'lambda';
  }
  if (platform === 'v1' || platform === 'v2' || platform === undefined) return platform ?? 'v2';
  throw new UsageError(`--platform takes v1 or v2, not "${platform}".`);
}

function parse(args: readonly string[]) {
  const off = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      // pnpm hands on the "--" of "pnpm start -- --port 4000".
      args: args.filter((argument) => argument !== '--'),
      options: {
        port: { type: 'string', default: '3000' },
        documents: { type: 'string' },
        data: { type: 'string' },
        mcp: { type: 'string' },
        worker: { type: 'string', default: 'agentcore' },
        platform: { type: 'string' },
        overlap: { type: 'string', default: 'fold' },
        budget: { type: 'string', multiple: true, default: [] },
        fresh: off,
        help: { ...off, short: 'h' },
        verbose: off,
        'real-bedrock': off,
        'model-id': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\nSee: pnpm start --help`, { cause: error });
  }
}
