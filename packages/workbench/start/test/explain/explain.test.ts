import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { tellExplained } from '@vera/operate/explain/explain-command';
import { type Place, placeOf } from '@vera/operate/place';
import { permalinkOf } from '@vera/operate/questions/permalink';
import type { Listening } from '@vera/stand-in-kit/listen';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellRunning } from '../../src/tell-running.ts';
import { platform, startTestSystem, type TestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';
import { startFaultyServer } from './faulty-server.ts';
import { dayTokens, isAsked, type PlantedFault, saidTo } from './plant.ts';
import { aloneOnes, faults, quickOnes, slowOnes } from './planted-faults.ts';

/** So long a line takes until a search finds it. */
const arrival = 1_200;

/** Golden texts of what is on AgentCore. */
describe.skipIf(platform === 'lambda')('pnpm vera explain, of what went wrong', () => {
  let [system, own, place, folder]: [TestSystem, Listening, Place, string] = [
    undefined as never,
    undefined as never,
    undefined as never,
    '',
  ];
  const explained = new Map<string, string>();

  beforeAll(async () => {
    own = await startFaultyServer();
    folder = await mkdtemp(join(tmpdir(), 'vera-'));
    const entry = { name: 'reports', title: 'Reports', url: `${own.url}/mcp`, reads: 'annotated' as const, privateNetwork: true };
    system = await startTestSystem(
      scriptedModel(({ messages }) => saidTo(faults, messages)),
      {
        tools: testTools(),
        timings: { receiverGrace: 15, sweeperGrace: 15, lease: 24, heartbeat: 1 },
        sweepEvery: 300,
        worker: {
          ownServers: { entries: [entry], keys: {}, path: '' },
          budgets: { person: { tokensPerDay: dayTokens, questionsPerMinute: 'off' } },
        },
      },
    );
    await tellRunning(system, 'http://127.0.0.1:1', folder);
    place = placeOf({ data: folder });
    let explaining: Promise<void> = Promise.resolve();
    const play = async (fault: PlantedFault) => {
      const { id, channel, ts, threadTs } = await (fault.run ?? asked)(system, fault.name).catch((cause: unknown) => {
        throw new Error(`planted: ${fault.name}`, { cause });
      });
      const words = id === '' ? permalinkOf({ channelId: channel, messageTs: ts, threadTs }) : id;
      const found = new Promise((resolve) => setTimeout(resolve, arrival));
      // One after the other, as there are no more searches a second.
      explaining = explaining.then(async () => {
        await found;
        await tellExplained(place, words, { json: false, tell: (text) => void explained.set(fault.name, text) });
      });
    };
    const inTurn = async (some: readonly PlantedFault[]) => {
      for (const fault of some) await play(fault);
    };
    // What is loaded with the first one takes none of the others' time.
    await asked(system, 'warm up');
    const slow: Promise<void>[] = [];
    for (const fault of slowOnes) {
      slow.push(play(fault));
      await isAsked(system, fault.name);
    }
    await Promise.all([...slow, inTurn(quickOnes)]);
    await inTurn(aloneOnes);
    await explaining;
  }, 590_000);
  afterAll(async () => {
    await system?.[Symbol.asyncDispose]();
    await own?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('names cause and remedy of each', async () => {
    const texts = faults.map(({ name }) => `## ${name}\n\n${steady(explained.get(name) ?? '')}\n`);
    await expect(`# What \`pnpm vera explain\` says of each planted fault\n\n${texts.join('\n')}`).toMatchFileSnapshot('planted-faults.md');
  });
});

/** What a loaded machine adds by chance: what dies is called, and what is slow is given up. Plants are told apart by their own words. */
const byChance = new RegExp(
  [
    String.raw`the session could not be called: .*(?:\(50[23]\)|ECONN)`,
    'its session was busy|its session took|it reached no worker at first|Slack delivered it .* late|Slack gave no answer',
    'could not reach the ledger for so long|the lease could not be renewed|could not be sure to have it|another worker has it by now',
    String.raw`memory was not reached \((?:patience|AbortError|TimeoutError)\)|remembered nothing.*: (?:patience|AbortError|TimeoutError)`,
    'TimeoutError|timed-out|did not open|status\\.|its trace|a library said',
  ].join('|'),
);

/** Of what happened only what went wrong; without what differs from run to run. */
function steady(text: string): string {
  const [said = '', happened = ''] = text.split('\n\nWhat happened:\n');
  const wrong = happened.split('\n').flatMap((line) => (/^\S{12} \S+ +! /.test(line) && !byChance.test(line) ? [line.slice(13)] : []));
  const [head = '', ...findings] = said.split(/\n(?=- )/);
  const kept = findings.filter((finding) => !byChance.test(finding));
  const told = kept.length === 0 && findings.length > 0 ? head.replace(/\n\n.*$/s, '') : [head, ...kept].join('\n');
  return `${told}${wrong.length > 0 ? `\n\nWent wrong:\n${[...new Set(wrong)].join('\n')}` : ''}`
    .replaceAll(/\nIts trace: .*/g, '')
    .replaceAll(/q-[0-9a-f]{16}/g, 'q-…')
    .replaceAll(/\/p\d{16}/g, '/p…')
    .replaceAll(/\d{10}\.\d{6}/g, '…')
    .replaceAll(/at \d\d:\d\d UTC/g, 'at … UTC')
    .replaceAll(/It took .*/g, 'It took … s')
    .replaceAll(/\d+(?:\.\d+)? m?s\b/g, '… s')
    .replaceAll(/[\d,]+ tokens, \$[\d.]+/g, '… tokens, $…')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:…');
}

async function asked(system: TestSystem, text: string) {
  const one = system.ask({ text });
  await system.answered(one);
  return one;
}
