import { sweeperEnv } from '@vera/sweeper/env';
import { priceOf, serversOf } from '@vera/worker/env';
import * as z from 'zod';
import { encryptsLogsIn } from '../storage/log-key.ts';
import { isInNoImage } from '../worker/image-target.ts';
import { pricelessModels } from './budgets-schema.ts';
import { isBuiltInAccount, placeOfImage } from './image-schema.ts';
import { faultOfModel } from './model-regions.ts';
import { existingRolesOf, nameOf } from './names.ts';
import type { Problem } from './problem.ts';
import { hasMemory } from './regions.ts';
import { isStoppedInTime } from './session-schema.ts';
import { mostSecondsOnLambda, type settingsSchema, usualMegabytes } from './settings-schema.ts';

export type Fields = z.output<typeof settingsSchema>;

type Key = keyof Fields;

/** A setting, or a part of one: `session` needs all of it to be right, `session.idleSeconds` that, `mcpServers.*` any entries that are right. */
type Need = Key | `${Key}.${string}`;
type KeyOf<Needed extends Need> = Needed extends `${infer First extends Key}.${string}` ? First : Extract<Needed, Key>;

interface Check {
  readonly needs: readonly Need[];
  readonly find: (fields: Fields) => readonly Problem[];
}

/** What each check may look at is what it names. */
function check<Needed extends Need>(needs: readonly Needed[], find: (fields: Pick<Fields, KeyOf<Needed>>) => readonly Problem[]): Check {
  return { needs, find };
}

/** Settings that are right by themselves and do not go together. What was refused already is not judged a second time. */
export function findFaults(fields: Partial<Fields>, refused: readonly Problem['path'][] = []): Problem[] {
  const isThere = (need: Need) => (need.split('.')[0] ?? '') in fields && !refused.some((path) => isOf(need, path.map(String)));
  return checks.filter(({ needs }) => needs.every(isThere)).flatMap(({ find }) => find(fields as Fields));
}

/** Whether what was refused is what is needed, a part of it, or has it in it. */
function isOf(need: Need, refused: readonly string[]): boolean {
  const isOfAny = need.endsWith('.*');
  const needed = need.split('.').slice(0, isOfAny ? -1 : undefined);
  if (isOfAny && refused.length > needed.length) return false;
  return needed.slice(0, refused.length).every((step, index) => step === refused[index]);
}

/** Each message that is not `false` is a fault of that setting. */
function faults(...found: readonly (readonly [path: string, message: string | false | undefined])[]): Problem[] {
  return found.flatMap(([path, message]) => (message ? [{ path: path.split('.'), message }] : []));
}

const checks: readonly Check[] = [
  check(['budgets', 'model.id', 'model.helpers', 'model.profiles'], ({ budgets, model }) => pricelessModels(budgets, model)),
  check(['model.id', 'region', 'account'], ({ model, ...place }) => faults(['model.id', faultOfModel(model.id, place)])),
  check(['model.helpers.*', 'region', 'account'], ({ model, ...place }) =>
    faults(...Object.entries(model.helpers).map(([name, id]) => [`model.helpers.${name}`, faultOfModel(id, place)] as const)),
  ),
  check(['memory', 'region'], ({ memory, region }) =>
    faults([
      'region',
      memory === 'on' &&
        !hasMemory(region) &&
        `AgentCore Memory is not in ${region}: choose memory: 'off', or us-east-1 or us-west-2, which have all of AgentCore`,
    ]),
  ),
  check(['knowledgeBases.*', 'region'], findTwiceAsked),
  check(['keyArn', 'region'], ({ keyArn, region }) => {
    const there = keyArn?.split(':')[3];
    return faults([
      'keyArn',
      there !== undefined && there !== region && `this key is in ${there}, and is used in ${region}: name one there`,
    ]);
  }),
  check(['keyArn', 'encryptsLogs', 'knowledgeBases.*', 'knowledgeBaseLogs', 'region'], findUnencryptable),
  check(['guardrail.existing', 'guardrail.mask.*', 'guardrail.topics.*'], ({ guardrail: { existing, mask, topics } }) => {
    const isOurs = 'is for a guardrail of Vera’s own: that of guardrail.existing is changed where the company keeps it';
    return faults(['guardrail.mask', existing && mask.length > 0 && isOurs], ['guardrail.topics', existing && topics.length > 0 && isOurs]);
  }),
  check(['front.portal', 'front.receiver'], ({ front }) =>
    faults(['front.portal', front && front.portal === front.receiver && 'receiver and portal need a name each: one leads to one function']),
  ),
  check(['front.certificateArn', 'account'], ({ front, account }) =>
    faults([
      'front.certificateArn',
      front && front.certificateArn.split(':')[4] !== account && `a certificate of account ${account} is needed`,
    ]),
  ),
  check(['front.portal', 'portalUrl'], ({ front, portalUrl }) =>
    faults(['portalUrl', front && portalUrl && `leave it out: with front people see the portal at https://${front.portal}/`]),
  ),
  check(['roles.*', 'account', 'region', 'accountCode', 'botName'], findUnfitRoles),
  check(['roles.image', 'image'], ({ roles, image }) =>
    faults([
      'roles.image',
      roles.image !== undefined && !isBuiltInAccount(image) && "nothing is built with it: it is for image: { build: 'codebuild' }",
    ]),
  ),
  check(['roles.gateway', 'gateway.*'], ({ roles, gateway }) =>
    faults(['roles.gateway', roles.gateway !== undefined && !gateway && 'there is no gateway that would take it on']),
  ),
  check(['roles.aws-reader', 'mcpServers'], ({ roles, mcpServers }) => {
    const isUsed = serversOf(mcpServers).some(({ name }) => name === 'aws');
    const isThere = roles['aws-reader'] !== undefined;
    return faults(['roles.aws-reader', isThere && !isUsed && 'no server of mcpServers looks at the account with it']);
  }),
  check(['session.idleSeconds', 'session.lifetimeSeconds'], ({ session: { idleSeconds, lifetimeSeconds } }) =>
    faults([
      'session',
      idleSeconds > lifetimeSeconds &&
        `idleSeconds (${idleSeconds}) is longer than lifetimeSeconds (${lifetimeSeconds}): a session cannot idle longer than it may live`,
    ]),
  ),
  check(['session.stopAfterMinutes', 'session.idleSeconds'], ({ session }) => {
    const { stopAfterMinutes, idleSeconds } = session;
    const isLate = stopAfterMinutes !== 'never' && !isStoppedInTime(stopAfterMinutes, session);
    const message = `a session is gone by itself after idleSeconds (${idleSeconds}), before these minutes are over: take fewer, or 'never'`;
    return faults(['session.stopAfterMinutes', isLate && message]);
  }),
  check(['limits.seconds', 'session.lifetimeSeconds'], ({ limits: { seconds }, session: { lifetimeSeconds } }) =>
    faults([
      'limits.seconds',
      seconds > lifetimeSeconds &&
        `a question may take longer (${seconds}) than its session may live (session.lifetimeSeconds is ${lifetimeSeconds}), and would be cut off`,
    ]),
  ),
  check(['worker.on', 'worker.reservedConcurrency'], ({ worker: { on, reservedConcurrency } }) =>
    faults(['worker.reservedConcurrency', on === 'agentcore' && reservedConcurrency !== undefined && onlyOnLambda]),
  ),
  check(['worker.on', 'worker.memoryMegabytes'], ({ worker: { on, memoryMegabytes } }) =>
    faults(['worker.memoryMegabytes', on === 'agentcore' && memoryMegabytes !== usualMegabytes && onlyOnLambda]),
  ),
  check(['worker.on', 'limits.seconds'], ({ worker, limits: { seconds } }) => {
    const message = `${seconds} is longer than a question may take on Lambda, which ends after fifteen minutes: at most ${mostSecondsOnLambda}`;
    return faults(['limits.seconds', worker.on === 'lambda' && seconds > mostSecondsOnLambda && message]);
  }),
  check(['worker.on', 'rollBackTo'], ({ worker, rollBackTo }) => {
    const message = 'that is a version of AgentCore’s runtime: on Lambda, deploy the earlier commit, whose image is kept';
    return faults(['rollBackTo', worker.on === 'lambda' && rollBackTo !== undefined && message]);
  }),
  check(['questions.unheldSeconds', 'questions.deliveryGraceSeconds'], ({ questions }) => {
    const grace = questions.deliveryGraceSeconds ?? usual.DELIVERY_GRACE_SECONDS;
    const unheld = questions.unheldSeconds ?? usual.UNHELD_SECONDS;
    const message = `a question would count as lost (${unheld}) before it is brought again (questions.deliveryGraceSeconds is ${grace})`;
    return faults(['questions.unheldSeconds', unheld <= grace && message]);
  }),
  check(['limits.tokens', 'model.maxTokens'], ({ limits: { tokens }, model: { maxTokens } }) =>
    faults(['limits.tokens', tokens <= maxTokens && `${tokens} is ${tooLittle(maxTokens)}`]),
  ),
  ...(['person', 'channel', 'workspace'] as const).flatMap(unpayableChecks),
  check(['gateway.*', 'mcpServers.*'], ({ gateway, mcpServers }) =>
    faults(
      ...mcpServers.map((entry, index) => {
        const isLonely = !gateway && serversOf([entry]).some(({ via }) => via === 'gateway');
        return [`mcpServers.${index}.via`, isLonely && 'there is no gateway to stand behind: add gateway: {}'] as const;
      }),
    ),
  ),
  check(['gateway.targets', 'mcpServers'], ({ gateway, mcpServers }) => {
    const isEmpty = gateway && !serversOf(mcpServers).some(({ via }) => via === 'gateway') && !Object.values(gateway.targets).some(Boolean);
    const message = 'name at least one of pagerduty, jira, confluence, or a server with via: "gateway", or leave the gateway out';
    return faults(['gateway.targets', isEmpty && message]);
  }),
  check(['mcpServers.*'], ({ mcpServers }) =>
    faults(
      ...mcpServers.map((entry, index) => {
        const [{ command = '' } = {}] = serversOf([entry]);
        const path = `mcpServers.${index}.command`;
        return [path, command !== '' && isInNoImage(command) && `${command} is in no image of the worker: ${howToAddOne}`] as const;
      }),
    ),
  ),
  check(['image', 'region'], ({ image, region }) => {
    const there = placeOfImage(image)?.region ?? region;
    return faults(['image.uri', there !== region && `it is in ${there}, and an image is fetched in the region that runs it, ${region}`]);
  }),
  // What GitHub's workflows cannot do without.
  check(['github.*', 'state.*'], ({ github, state }) => {
    const message = 'a workflow’s machine forgets what it deployed: name the bucket that keeps it, state: { bucket, region }';
    return faults(['github', github && !state && message]);
  }),
  check(['github.*', 'permissionsBoundary'], ({ github, permissionsBoundary }) => {
    const message = 'whoever may deploy makes roles: name the policy that is their ceiling, permissionsBoundary';
    return faults(['github', github && !permissionsBoundary && message]);
  }),
  check(['github.providerArn', 'account'], ({ github, account }) => {
    const its = github?.providerArn?.split(':')[4];
    return faults(['github.providerArn', its !== undefined && its !== account && `a provider of account ${account} is needed`]);
  }),
  check(['permissionsBoundary', 'account'], ({ permissionsBoundary, account }) => {
    const its = permissionsBoundary?.split(':')[4];
    const isOfAnother = its !== undefined && its !== 'aws' && its !== account;
    return faults(['permissionsBoundary', isOfAnother && `a policy of account ${account} is needed`]);
  }),
];

/** One may be asked twice, with two filters; AWS makes its id up, for one region. */
function findTwiceAsked({ knowledgeBases, region: home }: Pick<Fields, 'knowledgeBases' | 'region'>): Problem[] {
  return faults(
    ...knowledgeBases.map(({ id, region = home, filter }, index) => {
      const others = knowledgeBases.slice(0, index).filter((other) => other.id === id);
      const isAway = others.some((other) => (other.region ?? home) !== region);
      const isSame = others.some((other) => JSON.stringify(other.filter) === JSON.stringify(filter));
      const message = isAway
        ? `${id} stands there already in another region, and an id is of one`
        : isSame && `${id} stands there already: each search would find all of it twice; a second entry needs another filter`;
      return [`knowledgeBases.${index}.id`, message] as const;
    }),
  );
}

/** Each has a trust and a policy of its own, and nobody but the company changes it. */
function findUnfitRoles(fields: Pick<Fields, 'roles' | 'account' | 'region' | 'accountCode' | 'botName'>): Problem[] {
  const { roles, account } = fields;
  const named = existingRolesOf(roles);
  return faults(
    ...named.flatMap(([role, arn], index) => {
      const path = `roles.${role}`;
      const twin = named.slice(0, index).find(([, other]) => other === arn)?.[0];
      const name = arn.split('/').at(-1) ?? '';
      return [
        [path, arn.split(':')[4] !== account && `a role of account ${account} is needed`],
        [path, twin !== undefined && `${twin} has this one: each has a trust and a policy of its own`],
        [path, name.startsWith(`${nameOf(fields)}-`) && `${nameOf(fields)}-… are Vera’s own, which a deployment makes and changes`],
      ] as const;
    }),
  );
}

/** CloudWatch takes a key of the group's own region only; one with replicas has the same id in each. */
function findUnencryptable(fields: Pick<Fields, 'keyArn' | 'encryptsLogs' | 'knowledgeBases' | 'knowledgeBaseLogs' | 'region'>): Problem[] {
  if (!encryptsLogsIn(fields) || fields.knowledgeBaseLogs === 'off' || fields.keyArn?.includes(':key/mrk-')) return [];
  const away = fields.knowledgeBases.map(({ region }, index) => ({ region: region ?? fields.region, index }));
  return faults(
    ...away.map(({ region, index }) => {
      const helps = 'a multi-Region key with a replica there in keyArn, or encryptsLogs: false';
      const message = `its ingestion is logged in ${region}, where the key of ${fields.region} encrypts nothing: name ${helps}`;
      return [`knowledgeBases.${index}.region`, region !== fields.region && message] as const;
    }),
  );
}

const onlyOnLambda = "AgentCore has no such limit: it is for worker: { on: 'lambda' }";

/** What the sweeper takes where nothing is said. */
const usual = {
  DELIVERY_GRACE_SECONDS: z.parse(sweeperEnv.shape.DELIVERY_GRACE_SECONDS, undefined),
  UNHELD_SECONDS: z.parse(sweeperEnv.shape.UNHELD_SECONDS, undefined),
};

const howToAddOne = 'add it to docker/worker.Dockerfile, and to stacks/worker/image-target.ts which stage has it';

/** A call is taken out of what there is before it is made, with all that it may write. */
function tooLittle(maxTokens: number): string {
  return `less than one model call may write (model.maxTokens is ${maxTokens}): no question would ever be answered`;
}

function unpayableChecks(whose: 'person' | 'channel' | 'workspace'): readonly Check[] {
  const tokensPath = `budgets.${whose}.tokensPerDay` as const;
  const dollarsPath = `budgets.${whose}.dollarsPerDay` as const;
  return [
    check([tokensPath, 'model.maxTokens'], ({ budgets, model: { maxTokens } }) => {
      const tokens = budgets[whose].tokensPerDay;
      return faults([tokensPath, typeof tokens === 'number' && tokens <= maxTokens && `${tokens} is ${tooLittle(maxTokens)}`]);
    }),
    check([dollarsPath, 'model.id', 'model.maxTokens', 'model.profiles'], ({ budgets, model: { id, maxTokens, profiles } }) => {
      const dollars = budgets[whose].dollarsPerDay;
      const price = priceOf(id, new Map(Object.entries(profiles)));
      const least = price && (price.output * maxTokens) / 1_000_000;
      const isTooLittle = typeof dollars === 'number' && least !== undefined && dollars <= least;
      return faults([dollarsPath, isTooLittle && `$${dollars} is ${tooLittle(maxTokens)}`]);
    }),
  ];
}
