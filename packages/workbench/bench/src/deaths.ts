import { setTimeout as sleep } from 'node:timers/promises';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { questionIdOf } from '@vera/protocol/question';
import { names } from '@vera/start/names';
import { startBenchSystem } from './bench-system.ts';
import { type Figure, percentile } from './figures.ts';
import { shortAnswer } from './quick-model.ts';

const deaths = 20;

/** From the death of a worker in the middle of an answer to the next one's beginning, with the waits that hold in AWS. Takes two minutes. */
export async function measureDeaths(): Promise<Figure[]> {
  const asked = new Set<string>();
  const model = scriptedModel((request) => {
    const [question = ''] = /death \d+/.exec(JSON.stringify(request.messages.at(-1))) ?? [];
    const isFirst = !asked.has(question);
    asked.add(question);
    return isFirst ? [{ hang: true }] : shortAnswer;
  });
  const begun = new Map<string, PromiseWithResolvers<number>>();
  await using system = await startBenchSystem(model, {
    onLog({ line }) {
      const { event, question, attempt } = line.includes('"question.leased"') ? JSON.parse(line) : {};
      if (event === 'question.leased') beginning(`${question} ${attempt}`).resolve(performance.now());
    },
  });
  const beginning = (key: string) => {
    const known = begun.get(key) ?? Promise.withResolvers<number>();
    begun.set(key, known);
    return known;
  };
  // In AWS one is looking at any time; here the first would come after a minute.
  system.lambda.accept(names.sweeper, {});
  const one = async (index: number) => {
    // At any moment between two renewals, and between two looks.
    await sleep(index * 2_300);
    const before = new Set(system.agentCore.sessions.map(({ id }) => id));
    const { ts } = system.slack.post({ user: 'U0BENCH0', channel: 'C0BENCH', text: `<@U0VERA> death ${index}` });
    const id = questionIdOf({ teamId: 'T0BENCH', channelId: 'C0BENCH', messageTs: ts });
    await beginning(`${id} 1`).promise;
    const [session] = system.agentCore.sessions.filter((running) => !before.has(running.id));
    const diedAt = performance.now();
    system.agentCore.kill(session?.id ?? '', 'SIGKILL');
    return (await beginning(`${id} 2`).promise) - diedAt;
  };
  const waits = await Promise.all(Array.from({ length: deaths }, (_, index) => one(index)));
  return [
    { what: `death of a worker → taken up by the next, ${deaths} deaths, p50`, milliseconds: percentile(waits, 0.5) },
    { what: 'the same, p95', milliseconds: percentile(waits, 0.95), goal: '≤ 30 s' },
  ];
}
