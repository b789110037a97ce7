import { createCommand, misuse, wrongWord } from '../command.ts';
import { deployment } from '../deployment.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { assumedQuestion, traffics } from './estimate/assumed.ts';
import { costedSettingsSchema } from './estimate/costed-settings.ts';
import { estimateOf } from './estimate/estimate.ts';
import type { Load } from './estimate/running-costs.ts';
import { runningTable, tellEstimate } from './estimate/tell-estimate.ts';
import { type Period, periodHelp, periodOf, periodOptions } from './period.ts';
import { readSpent } from './spent/read-spent.ts';
import type { Spent } from './spent/spent.ts';
import { readByModel } from './spent/spent-by-model.ts';
import { tellSpent } from './spent/tell-spent.ts';

const usage = [
  'cost [--yesterday | --since DAY | --days N] [--by person|channel|model] [--local] [--json]',
  'cost estimate [--traffic few|dozens | --per-day N] [options] [--json]',
];

export const costCommand = createCommand({
  usage,
  help: `What it cost: tokens and money of models from the ledger, AgentCore from its usage logs, day by day. What could not be read is named, and so
is a day that is not complete yet, as usage logs come hours late. Reads the whole ledger once, and all usage logs of these days.

${periodHelp}
  --by person|channel|model
                         the models' part by who asked, or where, or which model it was
${placeHelp}

estimate: what it will cost, from the settings and how people ask: models, what runs the worker (both versions of AgentCore and Lambda), and the rest.

  --traffic few|dozens   5 questions a day; or 36 an hour for eight hours, three to a thread and a minute apart (this unless told)
  --per-day N            so many questions a day, each in a thread of its own, unless
  --per-thread N         so many follow each other in one,
  --pause SECONDS        with this between two of them (60)
  --seconds N, --cpu-seconds N, --input-tokens N, --output-tokens N
                         what a question takes, in place of what is assumed (docs/cost.md)
  --json                 for a program`,
  options: {
    ...placeOptions,
    ...periodOptions,
    by: { type: 'string' },
    traffic: { type: 'string' },
    'per-day': { type: 'string' },
    'per-thread': { type: 'string' },
    pause: { type: 'string' },
    seconds: { type: 'string' },
    'cpu-seconds': { type: 'string' },
    'input-tokens': { type: 'string' },
    'output-tokens': { type: 'string' },
    json: { type: 'boolean' },
  },
  async act(values, words) {
    const kind = words.join(' ');
    if (kind === '') return tellWhatItCost(values);
    if (kind !== 'estimate') throw wrongWord(kind, ['estimate'], { usage });
    return tellWhatItWillCost(values);
  },
});

type SpentValues = Parameters<typeof placeOf>[0] &
  Parameters<typeof periodOf>[0] & { readonly by?: string | undefined; readonly json?: boolean | undefined };

async function tellWhatItCost({ by, json, ...values }: SpentValues): Promise<number> {
  if (by !== undefined && by !== 'person' && by !== 'channel' && by !== 'model')
    throw misuse('--by is person, channel or model.', { usage });
  const [place, period] = [placeOf(values), periodOf(values, Date.now())];
  const ofLedger = await readSpent({ place, period, now: Date.now(), by: by === 'model' ? undefined : by });
  const spent = by === 'model' ? await withModels(ofLedger, place, period) : ofLedger;
  process.stdout.write(json ? `${JSON.stringify(spent, undefined, 2)}\n` : tellSpent(spent));
  return spent.runtime ? 0 : 1;
}

async function withModels(spent: Spent, place: Place, period: Period): Promise<Spent> {
  const { model } = place.isLocal ? { model: { profiles: {} } } : costedSettingsSchema.parse(deployment().settings);
  const { by, notes } = await readByModel(place, period, new Map(Object.entries(model.profiles)));
  return { ...spent, by, notes: [...spent.notes, ...notes] };
}

function tellWhatItWillCost(values: EstimateValues): number {
  const settings = costedSettingsSchema.parse(deployment().settings);
  const question = {
    seconds: numberOf(values.seconds, assumedQuestion.seconds, '--seconds'),
    cpuSeconds: numberOf(values['cpu-seconds'], assumedQuestion.cpuSeconds, '--cpu-seconds'),
    inputTokens: numberOf(values['input-tokens'], assumedQuestion.inputTokens, '--input-tokens'),
    outputTokens: numberOf(values['output-tokens'], assumedQuestion.outputTokens, '--output-tokens'),
  };
  const estimate = estimateOf(settings, loadOf(values), question);
  process.stdout.write(values.json ? `${JSON.stringify(estimate, undefined, 2)}\n` : tellEstimate(estimate));
  if (!values.json && isPlain(values)) process.stdout.write(`\n${runningTable(settings)}\n`);
  return 0;
}

interface EstimateValues extends LoadValues {
  readonly seconds?: string | undefined;
  readonly 'cpu-seconds'?: string | undefined;
  readonly 'input-tokens'?: string | undefined;
  readonly 'output-tokens'?: string | undefined;
  readonly json?: boolean | undefined;
}

interface LoadValues {
  readonly traffic?: string | undefined;
  readonly 'per-day'?: string | undefined;
  readonly 'per-thread'?: string | undefined;
  readonly pause?: string | undefined;
}

function isPlain({ traffic, 'per-day': perDay }: LoadValues): boolean {
  return traffic === undefined && perDay === undefined;
}

function loadOf({ traffic: given, 'per-day': perDay, 'per-thread': perThread, pause }: LoadValues): Load {
  if (perDay !== undefined) {
    if (given !== undefined) throw misuse('--traffic and --per-day say the same in two ways: one of them.', { usage });
    const load = {
      questionsADay: numberOf(perDay, 0, '--per-day'),
      perThread: numberOf(perThread, 1, '--per-thread'),
      pause: numberOf(pause, 60, '--pause'),
    };
    if (load.perThread > load.questionsADay) throw misuse('--per-thread is more than there are questions in a day.', { usage });
    return load;
  }
  const traffic = given ?? 'dozens';
  if (!Object.hasOwn(traffics, traffic)) throw misuse(`--traffic is ${Object.keys(traffics).join(' or ')}.`, { usage });
  return traffics[traffic as keyof typeof traffics];
}

function numberOf(text: string | undefined, otherwise: number, option: string): number {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw misuse(`${option} is a number above 0.`, { usage });
}
