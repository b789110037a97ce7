import type { Model } from '@vera/bedrock-stand-in/model';
import type { PersonFile } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { Workspace } from '@vera/slack-stand-in/workspace';
import { demoDocuments } from '@vera/start/demo-seeds';
import { type LocalSystem, type SystemOptions, startSystem } from '@vera/start/start-system';

const people = Array.from({ length: 20 }, (_, index) => ({ id: `U0BENCH${index}`, name: `person${index}`, realName: `Person ${index}` }));

const workspace: Workspace = {
  teamId: 'T0BENCH',
  teamDomain: 'bench',
  appId: 'A0VERA',
  botUserId: 'U0VERA',
  botId: 'B0VERA',
  botName: 'vera',
  botToken: 'xoxb-bench-token',
  signingSecret: 'bench-signing-secret',
  users: people,
  channels: [{ id: 'C0BENCH', name: 'bench', kind: 'channel', members: [...people.map(({ id }) => id), 'U0VERA'] }],
};

export interface BenchSystem extends LocalSystem {
  /** Milliseconds from a person's message to the visible end of its answer. */
  answer(text: string, threadTs?: string, files?: readonly PersonFile[]): Promise<{ readonly ts: string; readonly milliseconds: number }>;
  /** Resolves with the visible end of the next answer in a thread. */
  nextEnd(thread: string): Promise<void>;
  /** Messages that end an answer, by the `ts` of their question's thread. */
  readonly ended: ReadonlyMap<string, number>;
  /** The process that answers; there is one once a question was answered. */
  worker(): { readonly pid: number; readonly port: number; readonly sessionId: string };
}

/** The whole system, with stand-ins that answer at once. */
export async function startBenchSystem(model: Model, options: Partial<SystemOptions> = {}): Promise<BenchSystem> {
  let port = 0;
  const ended = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const system = await startSystem({
    slack: { workspace },
    documentsFolder: demoDocuments,
    linkOf: (path) => path,
    ...options,
    model,
    onLog({ line }) {
      if (line.includes('"worker.listening"')) port = Number(JSON.parse(line).port);
    },
  });
  let turn = 0;
  const seen = new Set<string>();
  system.slack.onChange((change) => {
    if (change.kind !== 'message' || seen.has(change.message.ts) || !isEnd(change.message)) return;
    seen.add(change.message.ts);
    const thread = change.message.thread_ts ?? '';
    ended.set(thread, (ended.get(thread) ?? 0) + 1);
    waiting.get(thread)?.();
  });
  const nextEnd = (thread: string) => new Promise<void>((resolve) => waiting.set(thread, resolve));
  async function answer(text: string, threadTs?: string, files: readonly PersonFile[] = []) {
    turn += 1;
    const started = performance.now();
    const user = people[turn % people.length]?.id ?? 'U0BENCH0';
    const asked = { user, channel: 'C0BENCH', text: `<@U0VERA> ${text}`, files };
    const { ts } = system.slack.post(threadTs === undefined ? asked : { ...asked, threadTs });
    await nextEnd(threadTs ?? ts);
    return { ts, milliseconds: performance.now() - started };
  }
  function worker() {
    const [session] = system.agentCore.sessions;
    if (session?.pid === undefined) throw new Error('No worker runs.');
    return { pid: session.pid, port, sessionId: session.id };
  }
  return { ...system, answer, nextEnd, ended, worker, [Symbol.asyncDispose]: () => system[Symbol.asyncDispose]() };
}

function isEnd({ metadata }: SlackMessage): boolean {
  return metadata?.event_payload.outcome !== undefined;
}
