import { execFileSync } from 'node:child_process';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { startBenchSystem } from './bench-system.ts';
import type { Figure } from './main.ts';

const model = scriptedModel((request) => {
  const isSearched = JSON.stringify(request.messages.at(-1)).includes('toolResult');
  return isSearched ? 'The tray is at the back [1]. '.repeat(20) : [{ call: 'search_knowledge_base', input: { query: 'paper jam' } }];
});

/** The worker's resident memory after 50 questions and after 500. */
export async function measureMemory(): Promise<Figure[]> {
  await using system = await startBenchSystem(model, { worker: { sessionScope: 'workspace' } });
  const ask = async (questions: number) => {
    for (let done = 0; done < questions; done += 10) await Promise.all(Array.from({ length: 10 }, () => system.answer('paper jam?')));
  };
  const megabytes = () =>
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(system.agentCore.sessions[0]?.pid)], { encoding: 'utf8' })) / 1024;
  await ask(50);
  const early = megabytes();
  await ask(450);
  const late = megabytes();
  return [
    { what: 'worker memory after 50 questions', value: `${Math.round(early)} MB`, goal: '' },
    { what: 'worker memory after 500 questions', value: `${Math.round(late)} MB (${(late / early).toFixed(2)} ×)`, goal: '≤ 1.3 ×' },
  ];
}
