import { knowledgeBaseList, serverEntries } from '@vera/worker/env';
import * as z from 'zod';
import { budgetsSchema } from './budgets-schema.ts';
import { gatewaySchema } from './gateway-schema.ts';
import { guardrailSchema } from './guardrail-schema.ts';
import { imageSchema } from './image-schema.ts';
import { faultOfRegion } from './regions.ts';
import { bucketName, tagsSchema } from './resource-names.ts';
import { sessionSchema } from './session-schema.ts';

const region = z.string().superRefine((value, { addIssue }) => {
  const fault = faultOfRegion(value);
  if (fault) addIssue({ code: 'custom', message: fault });
});
const slackUserId = z.string().regex(/^[UW][0-9A-Z]+$/, 'a Slack user id begins with U or W');
const wholeNumber = (least: number, most: number) => z.int().min(least).max(most);
const short = (most: number) =>
  z
    .string()
    .regex(new RegExp(`^[a-z][a-z0-9]{0,${most - 1}}$`), `lower-case letters and digits, a letter first, at most ${most} characters`);
/** Both are in the domain of the gateway's user pool. */
const isNoNameOfAws = (name: string) => !/aws|amazon|cognito/.test(name);
const ofCognito = 'Cognito refuses domains with aws, amazon or cognito in them';
const arnOf = (service: string, example: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:`), `not an ARN of ${service}, such as ${example}`);
/** By its end: a name there is AWS's, and no company can lead it to its CloudFront. */
const isOfAws = (name: string) => /\.aws$|(?:^|\.)(?:amazonaws\.com|awsapprunner\.com|amazoncognito\.com|cloudfront\.net)$/.test(name);
const hostName = z
  .string()
  .regex(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/,
    'a name such as vera.northwind.example, without https://',
  )
  .refine((name) => !isOfAws(name), 'a name of your own: this one is AWS’s, and leads where AWS says');

const front = z.strictObject({
  /** What Slack calls. */
  receiver: hostName,
  /** Where people see the auth portal. */
  portal: hostName,
  /** Of ACM, for both names, in us-east-1, where CloudFront looks for it. */
  certificateArn: z
    .string()
    .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/, 'the ARN of a certificate in us-east-1, wherever Vera is'),
});

const roleArn = z
  .string()
  .regex(
    /^(?=.{1,560}$)arn:aws:iam::\d{12}:role\/(?!aws-service-role\/|aws-reserved\/)(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
    'the ARN of a role whose policy can be changed, such as arn:aws:iam::111122223333:role/vera-worker',
  );

const lambda = (memoryMegabytes: number, timeoutSeconds: number, leastSeconds = 1) =>
  z
    .strictObject({
      memoryMegabytes: wholeNumber(128, 10_240).default(memoryMegabytes),
      timeoutSeconds: wholeNumber(leastSeconds, 900).default(timeoutSeconds),
      /** How many may run at once; AWS shares the account's total among all functions otherwise. */
      reservedConcurrency: wholeNumber(1, 1000).optional(),
    })
    .prefault({});

/** As EC2 makes them up: eight digits once, seventeen since 2016. */
const idOf = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`), `a ${what} id begins with ${prefix}-, and 8 or 17 hex digits follow`);

const eachOnce = (id: z.ZodString, most: number) =>
  z
    .array(id)
    .min(1)
    .max(most)
    .refine((ids) => new Set(ids).size === ids.length, 'one is named twice');

const network = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({ mode: z.literal('public') }),
    z.strictObject({
      mode: z.literal('vpc'),
      subnets: eachOnce(idOf('subnet', 'subnet'), 16),
      // What Lambda takes at most (API_VpcConfig).
      securityGroups: eachOnce(idOf('sg', 'security group'), 5),
    }),
  ],
  "the mode is 'public' or 'vpc'",
);

/** A Lambda lives fifteen minutes, the last of them for taking leave: so long may a question take there at most. */
export const mostSecondsOnLambda = 780;

/** Of the worker on Lambda, where nothing is said. */
export const usualMegabytes = 2048;

const worker = z.strictObject({
  /** `agentcore`: a session for each thread. `lambda`: a function, with no idle cost, where few ask; docs/cost.md compares them. */
  on: z.enum(['agentcore', 'lambda']).default('agentcore'),
  /** Of the function on Lambda, which has the processor that goes with it. */
  memoryMegabytes: wholeNumber(1024, 10_240).default(usualMegabytes),
  /** How many questions may be answered at once on Lambda. */
  reservedConcurrency: wholeNumber(1, 1000).optional(),
});

const github = z.strictObject({
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name, as in its address'),
  /** Who may deploy: jobs that passed this environment's approval. It is called like the settings' file. */
  deployFrom: z.strictObject({
    environment: z.string().regex(/^[\w.-]+$/, 'an environment name, without wildcards'),
    /** https://docs.github.com/actions/reference/security/oidc: the subject of a job with an environment names that, and no branch. */
    branch: z.undefined('a job that deploys names an environment, which is what GitHub tells AWS then: leave the branch out').optional(),
  }),
  /** The account's own GitHub identity provider, where one is there already: an account can have one only. */
  providerArn: arnOf('iam', 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com').optional(),
});

/** AWS adds geographies now and then: two letters each, but for three. */
const modelId =
  /^(?:(?:global|apac|us-gov|[a-z]{2})\.[a-z0-9]+\.[\w.:-]+|arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:application-inference-profile\/[a-z0-9]+)$/;

/** Each setting by itself; `find-faults.ts` says which do not go together. */
export const settingsSchema = z.strictObject({
  /** The AWS account; Terraform refuses to touch another one. */
  account: z.string().regex(/^\d{12}$/, 'an AWS account id has 12 digits'),
  /** A short name of the account, part of every name: `prod`, `dev`. */
  accountCode: short(8).refine(isNoNameOfAws, ofCognito),
  region,
  /** What the bot is called in the names of resources. */
  botName: short(16).refine(isNoNameOfAws, ofCognito),
  /** What the company is called in the agent's instructions. */
  company: z.string().trim().min(1).max(100),
  model: z.strictObject({
    /**
     * An inference profile: `us.anthropic.claude-sonnet-5-5`, or the ARN of one of your own, which counts its costs by itself. A bare model id
     * is refused by Bedrock.
     */
    id: z
      .string()
      .regex(modelId, 'an inference profile, such as us.anthropic.claude-sonnet-5-5, or the ARN of an application inference profile'),
    maxTokens: wholeNumber(1, 128_000).default(8192),
    /** Further models that helpers may be run on, by the words under which they are chosen: `{ fast: 'us.anthropic.…' }`. */
    helpers: z
      .record(
        z.string().regex(/^(?!main$)[a-z]{1,16}$/, 'a word of up to 16 small letters, not "main"'),
        z.string().regex(modelId, 'an inference profile'),
      )
      .default({}),
    /** What application inference profiles were made of, whose ARNs do not say it, for their prices: `{ 'arn:…': 'eu.anthropic.…' }`. */
    profiles: z
      .record(
        arnOf('bedrock', 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc'),
        z.string().regex(modelId, 'an inference profile'),
      )
      .default({}),
  }),
  /** Knowledge bases of Amazon Bedrock, all asked with each search; `worker/src/knowledge/knowledge-base-data.ts` says what can be said of one. */
  knowledgeBases: z._default(knowledgeBaseList, []),
  /** Whether what their ingestion says is logged. A knowledge base has one such log: of two environments that search it, one has it. */
  knowledgeBaseLogs: z.enum(['on', 'off']).default('on'),
  /** Whether Vera remembers people. `off`: nothing is kept of what they say beyond its thread, and what was is deleted with the next deployment. */
  memory: z.enum(['on', 'off']).default('on'),
  worker: worker.prefault({}),
  /** Where the worker's image comes from; docs/deploy.md compares the ways. */
  image: imageSchema.default({ build: 'docker' }),
  session: sessionSchema.prefault({}),
  /** Where the worker and all functions stand; in a network of the company's they need ways out of it: docs/deploy.md. */
  network: network.default({ mode: 'public' }),
  /** What one question may cost at most. */
  limits: z
    .strictObject({
      /** Model calls, those of helpers included. */
      turns: wholeNumber(1, 500).default(60),
      tokens: wholeNumber(1000, 10_000_000).default(600_000),
      /** Calls of tools, those of helpers included. */
      toolCalls: wholeNumber(1, 1000).default(200),
      /** Calls of one tool with the very same input in one run. */
      sameCalls: wholeNumber(1, 100).default(5),
      seconds: wholeNumber(10, 3600).default(600),
    })
    .prefault({}),
  /** What may be used in a day, and asked at once; `off`: as much as they like. */
  budgets: budgetsSchema,
  /** Whether small words under each answer say what it came to, in tokens and dollars. */
  showsCost: z.boolean().default(true),
  /** Whether each question leaves a trace in X-Ray, which shows it once Transaction Search is on: docs/operate.md. */
  tracing: z.enum(['vera', 'off']).default('vera'),
  /** Of how many questions, from 0 to 1. */
  tracedShare: z.number().min(0).max(1).default(1),
  /** How questions get to a worker; where something is left out, the deployables' own default counts. */
  questions: z
    .strictObject({
      /** How often a worker begins with one before it counts as lost. */
      mostAttempts: wholeNumber(1, 20).optional(),
      /** How long it may be on its way before the sweeper brings it. */
      deliveryGraceSeconds: wholeNumber(10, 3600).optional(),
      /** How long no worker may have it in hand before it counts as lost. */
      unheldSeconds: wholeNumber(60, 86_400).optional(),
      /** Between two looks of the sweeper for those whose worker died; 60 is one a run. */
      lookSeconds: wholeNumber(1, 60).optional(),
    })
    .prefault({}),
  /** Of AgentCore Runtime: `v2` starts sessions from a snapshot of the process, `v1` starts a process for each; docs/deploy.md compares them. */
  platform: z.enum(['v2', 'v1']).default('v2'),
  /** An earlier version of the runtime to go back to; the latest otherwise. docs/deploy.md, "Going back", says what does not go back with it. */
  rollBackTo: wholeNumber(1, 1000).optional(),
  /** Bots whose messages count as questions; usually none, so that no two bots keep each other talking. */
  allowedBotIds: z.array(z.string().regex(/^B[0-9A-Z]+$/, 'a bot id begins with B')).default([]),
  /** Who may write on in a thread without naming the bot: nobody, the one who asked last, or everybody who writes there. */
  followUps: z.enum(['mention', 'asker', 'thread']).default('asker'),
  /** What somebody writes while their question is answered: part of that question, or the next one. Of others it is always the next one. */
  overlap: z.enum(['fold', 'queue']).default('fold'),
  /** Slack ids of those who may stop whatever Vera answers; who asked always may, and nobody else. */
  stoppers: z.array(slackUserId).default([]),
  /** Whether channels are read and messages searched when somebody asks, as far as everybody who reads the answer may read them in Slack. */
  readsSlack: z.boolean().default(true),
  guardrail: guardrailSchema.prefault({}),
  gateway: gatewaySchema.optional(),
  /** MCP servers: known ones by name (`github`, `aws`, `azure`, `atlan=https://…`, `splunk=https://…`), any other by its data; see docs/tools.md. */
  mcpServers: z._default(serverEntries, []),
  /** Slack ids of those who approve what Vera changes; left empty, whoever asked for it does. */
  approvers: z.array(slackUserId).default([]),
  /** It writes down a question and hands it on: two calls, of two tries of a second each. */
  receiver: lambda(512, 10, 5),
  /** It waits two minutes for a session that is starting, and then for its first answer. */
  invoker: lambda(256, 900, 150),
  /** A run looks for a minute; what it began in the last second is brought to its end. */
  sweeper: lambda(256, 120, 61),
  /** At a sign-in it asks Slack twice, for five seconds each. */
  authPortal: lambda(512, 10, 10),
  /** Where people see the auth portal, when a domain of yours leads to its function's own address. */
  portalUrl: z
    .string()
    .regex(/^https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+\/$/, 'https://, a host, and a slash at the end, such as https://vera.northwind.example/')
    .optional(),
  /**
   * A key of the company's, by ARN, for tables, the secret, people's tokens and what is logged; Vera makes one of her own otherwise. To be chosen
   * before the first deployment: people's accounts are sealed with it. `pnpm settings` prints what its policy must allow.
   */
  keyArn: z
    .string()
    .regex(
      /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
      'the ARN of a key (not of an alias), such as arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f',
    )
    .optional(),
  /** Whether the key encrypts what is logged, too; where nothing is said, the company's does, and one that Vera made does not. */
  encryptsLogs: z.boolean().optional(),
  /** CloudFront and a firewall (WAF) before receiver and auth portal, under names of the company's; without them the functions' own URLs answer. */
  front: front.optional(),
  logDays: z
    .literal(
      [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      'a retention CloudWatch knows, such as 30; 3653, ten years, at most',
    )
    .default(30),
  /** Of the audit log: whether it also shows what tools are given, secrets redacted, and how long a line is kept. */
  audit: z
    .strictObject({ content: z.enum(['metadata', 'full']).default('metadata'), days: wholeNumber(30, 3650).default(400) })
    .prefault({}),
  /** Whether AgentCore logs what each session used, a line a second, for `pnpm vera cost`; docs/cost.md says what that comes to. Not on Lambda. */
  usageLogs: z.enum(['on', 'off']).default('on'),
  /** Who is told when something needs a human. */
  alarmEmail: z.email('an e-mail address').optional(),
  /** Where Terraform keeps its state; beside the code otherwise, which is for one person trying it out. */
  state: z.strictObject({ bucket: bucketName, region }).optional(),
  github: github.optional(),
  /** Roles that the company made, by ARN, for whom their policies are printed by `pnpm roles`; the others are made. */
  roles: z
    .strictObject({
      receiver: roleArn.optional(),
      invoker: roleArn.optional(),
      sweeper: roleArn.optional(),
      'auth-portal': roleArn.optional(),
      worker: roleArn.optional(),
      /** What CodeBuild builds the image with. */
      image: roleArn.optional(),
      gateway: roleArn.optional(),
      /** What AWS's MCP server looks at the account with. */
      'aws-reader': roleArn.optional(),
    })
    .prefault({}),
  /** ARN of the policy that is the ceiling of every role; whoever deploys from GitHub can make none without it. docs/deploy.md says how to make one. */
  permissionsBoundary: z
    .string()
    .regex(
      /^arn:aws:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/,
      'the ARN of a policy, such as arn:aws:iam::111122223333:policy/vera-boundary',
    )
    .refine(
      (arn) => !arn.startsWith('arn:aws:iam::aws:') || arn.endsWith(':policy/PowerUserAccess'),
      'this policy of AWS’s lets everything through or too little for Vera to work: of theirs only PowerUserAccess is a ceiling. pnpm ceiling prints one',
    )
    .optional(),
  /** Whole model requests and answers, and what tools are given and give, in the worker's log, secrets redacted: for finding a fault. */
  debug: z.boolean().default(false),
  /** Tables, user pool and keys refuse to be deleted while this is on. */
  deletionProtection: z.boolean().default(true),
  /** Beside `vera:bot` and `vera:environment`, which tell ours apart. */
  tags: tagsSchema.default({}),
});

/** What a person writes in `environments/<name>.ts`. */
export type SettingsInput = z.input<typeof settingsSchema>;
