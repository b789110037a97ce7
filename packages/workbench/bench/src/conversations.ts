import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { startBenchSystem } from './bench-system.ts';
import type { Figure } from './main.ts';
import { milliseconds, percentile } from './table.ts';

const conversations = 100;
const words = 'A sentence that is streamed slowly, word by word, as a model would say it. '.repeat(12);
/** Each answer takes some twelve seconds, so that all are under way at once. */
const model = scriptedModel(() => [{ say: words, pieceLength: 12, pauseMilliseconds: 150 }]);
/** Between two questions, in milliseconds: all at once would measure how fast this machine starts a hundred Lambda processes. */
const spacing = 60;

/** A hundred conversations at once in one worker: how long `/ping` waits, and whether every answer arrives once. */
export async function measureConversations(): Promise<Figure[]> {
  await using system = await startBenchSystem(model, { worker: { sessionScope: 'workspace' } });
  await system.answer('warming up');
  const port = system.log.find(({ event }) => event === 'worker.listening')?.port;
  // In a process of its own, so that the emulators' work does not count.
  const pinger = spawn(process.execPath, [fileURLToPath(new URL('ping.ts', import.meta.url)), String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  pinger.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const answers: ReturnType<typeof system.answer>[] = [];
  for (let question = 0; question < conversations; question += 1) {
    answers.push(system.answer('one of a hundred'));
    await sleep(spacing);
  }
  const asked = await Promise.all(answers);
  pinger.stdin.end();
  await once(pinger, 'close');
  const waits = JSON.parse(output) as number[];
  const ends = asked.map(({ ts }) => system.ended.get(ts) ?? 0);
  return [
    {
      what: `/ping, p99 under ${conversations} conversations (${waits.length} pings)`,
      value: milliseconds(percentile(waits, 0.99)),
      goal: '≤ 50 ms',
    },
    { what: 'answers lost', value: String(ends.filter((count) => count === 0).length), goal: '0' },
    { what: 'answers doubled', value: String(ends.filter((count) => count > 1).length), goal: '0' },
  ];
}
