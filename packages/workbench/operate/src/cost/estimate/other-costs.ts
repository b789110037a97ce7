import { runtimeDollars } from '@vera/worker/env';
import { servicePrices } from '@vera/worker/prices';
import type { CostedSettings } from './costed-settings.ts';
import type { Load, Question } from './running-costs.ts';

/** Something that costs beside models and what runs the worker. */
export interface OtherCost {
  readonly what: string;
  /** How it is counted. */
  readonly why: string;
  readonly dollarsADay: number;
}

const { month, hour, call, gigabyte } = servicePrices;
export const daysAMonth = 30;

/** Of one question, as the code makes them: a renewal each 5 s (on Lambda each second), the purses around three model calls, the record. */
const writesOfAQuestion = { base: 30, unitsEach: 3, renewals: { agentcore: 5, lambda: 1 } };
const readsOfAQuestion = 60;
const keyCalls = 10;
const loggedKilobytes = 40;
const gatewayCalls = 5;
const judgedThousands = 25;
const secondsOfReceiver = 0.2;
/** Each metric in one is paid; those of tools are there where a gateway is. */
const alarmsOf = (gateway: unknown) => (gateway ? { count: 30, metrics: 37 } : { count: 26, metrics: 29 });
/** Those that a line of a log counts in an hour in which somebody asks (`packages/service-kit/src/measure.ts`). */
const countedMetrics = 30;
/** Of the audit log: a line of the question and one or two of what it changed, each written, its head copied, both looked at. */
const auditLines = 2;
const auditedDays = 400;
const spanKilobytes = 40;
/** With the 26 bytes that CloudWatch adds to each line. */
const usageLineKilobytes = 0.65;

/** All that bills by itself, most first. What is the company's own (a vector store, its network, Slack) is named, not counted. */
export function otherCosts(settings: CostedSettings, load: Load, question: Question & Watched): readonly OtherCost[] {
  const costs = [...fixed(settings), ...eachQuestion(settings, load, question), ...watching(settings, load, question)];
  return costs.sort((one, other) => other.dollarsADay - one.dollarsADay);
}

interface Watched {
  /** Of all AgentCore sessions of a day. */
  readonly sessionSeconds: number;
}

function fixed(settings: CostedSettings): OtherCost[] {
  const alarms = alarmsOf(settings.gateway);
  const monthly = (what: string, why: string, dollars: number) => ({ what, why, dollarsADay: dollars / daysAMonth });
  return [
    sweeper(settings),
    ...(settings.keyArn === undefined ? [monthly('KMS key', `$${month.key} a month`, month.key)] : []),
    monthly('secrets', `2 of $${month.secret} a month`, 2 * month.secret),
    monthly('alarms', `${alarms.count} over ${alarms.metrics} metrics, of $${month.alarm} a month each`, alarms.metrics * month.alarm),
    monthly('dashboard', 'where the account has three already', month.dashboard),
    ...(settings.front ? [monthly('firewalls (WAF)', 'two, a rule each', 2 * (month.firewall + month.firewallRule))] : []),
  ];
}

/** It looks all the time, unless it looks once a minute. */
function sweeper({ sweeper: { memoryMegabytes }, questions: { lookSeconds = 5 } }: CostedSettings): OtherCost {
  const seconds = lookSeconds >= 60 ? 1_440 : 86_400;
  const gigabytes = memoryMegabytes / 1024;
  const looks = 86_400 / Math.min(lookSeconds, 60);
  return {
    what: 'sweeper (Lambda)',
    why: `${memoryMegabytes} MB ${lookSeconds >= 60 ? 'a second each minute' : 'all day'}, a look each ${lookSeconds} s; less with questions.lookSeconds: 60`,
    dollarsADay: runtimeDollars({ seconds, cpuSeconds: 0, gigabytes }, 'lambda') + 2 * looks * call.tableRead,
  };
}

function eachQuestion(settings: CostedSettings, { questionsADay }: Load, { seconds }: Question): OtherCost[] {
  const { invoker, receiver, worker, memory, gateway, front, network } = settings;
  const each = (what: string, why: string, dollars: number) => ({ what, why, dollarsADay: questionsADay * dollars });
  const { base, unitsEach, renewals } = writesOfAQuestion;
  const writes = unitsEach * Math.round(base + seconds / renewals[worker.on]);
  const lambda = (memoryMegabytes: number, billed: number) =>
    runtimeDollars({ seconds: billed, cpuSeconds: 0, gigabytes: memoryMegabytes / 1024 }, 'lambda');
  return [
    each('invoker (Lambda)', `${invoker.memoryMegabytes} MB, waits ${seconds} s for the answer`, lambda(invoker.memoryMegabytes, seconds)),
    each(
      'receiver (Lambda)',
      `${secondsOfReceiver} s of ${receiver.memoryMegabytes} MB`,
      lambda(receiver.memoryMegabytes, secondsOfReceiver),
    ),
    each('DynamoDB', `${writes} units written, ${readsOfAQuestion} read`, writes * call.tableWrite + readsOfAQuestion * call.tableRead),
    each('KMS calls', `${keyCalls}`, keyCalls * call.key),
    each('logs', `${loggedKilobytes} KB`, (loggedKilobytes / 1024 ** 2) * gigabyte.logged),
    each('guardrail', `${judgedThousands},000 characters judged`, judgedThousands * call.guardrailThousandCharacters),
    ...(memory === 'on'
      ? [
          each(
            'AgentCore memory',
            '2 events, a search, 2 records kept a month',
            2 * (call.memoryEvent + month.memoryRecord) + call.memorySearch,
          ),
        ]
      : []),
    ...(gateway ? [each('AgentCore gateway', `${gatewayCalls} calls`, gatewayCalls * call.gateway)] : []),
    ...(front ? [each('CloudFront and WAF, requests', '2', 2 * (call.cloudFront + call.firewall))] : []),
    ...(network.mode === 'vpc' ? [each('through your NAT', '5 MB', (5 / 1024) * gigabyte.throughNat)] : []),
  ];
}

/** Metrics, traces, the audit log, and what AgentCore logs of its sessions. */
function watching(settings: CostedSettings, { questionsADay, hoursADay }: Load, { sessionSeconds }: Watched): OtherCost[] {
  const { tracing, tracedShare, usageLogs } = settings;
  // Unless told, as if no two of the first 24 questions came within an hour: too dear rather than too cheap.
  const hours = hoursADay ?? Math.min(24, questionsADay);
  const traces = tracing === 'off' ? 0 : questionsADay * tracedShare;
  const logged = (kilobytes: number) => (kilobytes / 1024 ** 2) * gigabyte.logged;
  const auditKilobytes = (auditLines * auditedDays) / daysAMonth;
  return [
    {
      what: 'CloudWatch metrics',
      why: `${countedMetrics} of $${month.metric.toFixed(2)} a month, in ${hours} hours of a day`,
      dollarsADay: (countedMetrics * hours * month.metric) / (24 * daysAMonth),
    },
    {
      what: 'audit log',
      why: `${auditLines} lines a question, each kept ${auditedDays} days`,
      dollarsADay:
        questionsADay * (auditLines * 2 * (call.tableWrite + call.tableRead) + (auditKilobytes / 1024 ** 2) * month.tableGigabyte),
    },
    ...(traces === 0
      ? []
      : [
          {
            what: 'traces (X-Ray)',
            why: `${spanKilobytes} KB of spans a question`,
            dollarsADay: traces * (call.trace + logged(spanKilobytes)),
          },
        ]),
    ...(usageLogs === 'off' || sessionSeconds === 0
      ? []
      : [
          {
            what: 'usage logs of AgentCore',
            why: `a line a second of each session; none with usageLogs: 'off'`,
            dollarsADay: logged(sessionSeconds * usageLineKilobytes),
          },
        ]),
  ];
}

/** What is not in the sum, as it is the company's and others use it, too. */
export function notCounted({ network, knowledgeBases }: CostedSettings): readonly string[] {
  return [
    ...(network.mode === 'vpc'
      ? [
          `your network: a NAT gateway is $${(hour.natGateway * 24 * daysAMonth).toFixed(2)} a month, an interface endpoint $${(hour.endpoint * 24 * daysAMonth).toFixed(2)} a month and zone`,
        ]
      : []),
    ...(knowledgeBases.length > 0 ? ['what the knowledge bases keep their vectors in'] : []),
    'free tiers, discounts, taxes',
  ];
}
