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
import { faultOfRegion, hasMemory } from './regions.ts';
import { isStoppedInTime } from './session-schema.ts';
import { mostSecondsOnLambda, type settingsSchema, usualMegabytes } from './settings-schema.ts';

export type Fields = z.output<typeof settingsSchema>;

interface Check {
  readonly needs: readonly (keyof Fields)[];
  readonly find: (fields: Fields) => readonly Problem[];
}

/** What each check may look at is what it names. */
function check<Key extends keyof Fields>(needs: readonly Key[], find: (fields: Pick<Fields, Key>) => readonly Problem[]): Check {
  return { needs, find };
}

/** Settings that are right by themselves and do not go together. What was refused already is not judged a second time. */
export function findFaults(fields: Partial<Fields>): Problem[] {
  return checks.filter(({ needs }) => needs.every((key) => key in fields)).flatMap(({ find }) => find(fields as Fields));
}

/** Each message that is not `false` is a fault of that setting. */
function faults(...found: readonly (readonly [path: string, message: string | false | undefined])[]): Problem[] {
  return found.flatMap(([path, message]) => (message ? [{ path: path.split('.'), message }] : []));
}

const checks: readonly Check[] = [
  check(['budgets', 'model'], ({ budgets, model }) => pricelessModels(budgets, model)),
  check(['model', 'region', 'account'], ({ model, ...place }) =>
    faults(
      ['model.id', faultOfModel(model.id, place)],
      ...Object.entries(model.helpers).map(([name, id]) => [`model.helpers.${name}`, faultOfModel(id, place)] as const),
    ),
  ),
  check(['memory', 'region'], ({ memory, region }) =>
    faults([
      'region',
      memory === 'on' &&
        !hasMemory(region) &&
        `AgentCore Memory is not in ${region}: choose memory: 'off', or us-east-1 or us-west-2, which have all of AgentCore`,
    ]),
  ),
  check(['knowledgeBases'], ({ knowledgeBases }) =>
    faults(...knowledgeBases.map(({ region }, index) => [`knowledgeBases.${index}.region`, region && faultOfRegion(region)] as const)),
  ),
  check(['knowledgeBases', 'region'], findTwiceAsked),
  check(['keyArn', 'region'], ({ keyArn, region }) => {
    const there = keyArn?.split(':')[3];
    return faults([
      'keyArn',
      there !== undefined && there !== region && `this key is in ${there}, and is used in ${region}: name one there`,
    ]);
  }),
  check(['keyArn', 'encryptsLogs', 'knowledgeBases', 'knowledgeBaseLogs', 'region'], findUnencryptable),
  check(['guardrail'], ({ guardrail: { existing, mask, topics } }) => {
    const isOurs = 'is for a guardrail of Vera’s own: that of guardrail.existing is changed where the company keeps it';
    return faults(['guardrail.mask', existing && mask.length > 0 && isOurs], ['guardrail.topics', existing && topics.length > 0 && isOurs]);
  }),
  check(['front', 'portalUrl', 'account'], ({ front, portalUrl, account }) =>
    faults(
      ['front.portal', front && front.portal === front.receiver && 'receiver and portal need a name each: one leads to one function'],
      ['front.certificateArn', front && front.certificateArn.split(':')[4] !== account && `a certificate of account ${account} is needed`],
      ['portalUrl', front && portalUrl && `leave it out: with front people see the portal at https://${front.portal}/`],
    ),
  ),
  check(['roles', 'account', 'region', 'accountCode', 'botName', 'image', 'gateway', 'mcpServers'], findUnfitRoles),
  check(['session'], ({ session: { idleSeconds, lifetimeSeconds } }) =>
    faults([
      'session',
      idleSeconds > lifetimeSeconds &&
        `idleSeconds (${idleSeconds}) is longer than lifetimeSeconds (${lifetimeSeconds}): a session cannot idle longer than it may live`,
    ]),
  ),
  check(['session'], ({ session }) => {
    const { stopAfterMinutes, idleSeconds } = session;
    const isLate = stopAfterMinutes !== 'never' && !isStoppedInTime(stopAfterMinutes, session);
    const message = `a session is gone by itself after idleSeconds (${idleSeconds}), before these minutes are over: take fewer, or 'never'`;
    return faults(['session.stopAfterMinutes', isLate && message]);
  }),
  check(['limits', 'session'], ({ limits: { seconds }, session: { lifetimeSeconds } }) =>
    faults([
      'limits.seconds',
      seconds > lifetimeSeconds &&
        `a question may take longer (${seconds}) than its session may live (session.lifetimeSeconds is ${lifetimeSeconds}), and would be cut off`,
    ]),
  ),
  check(['worker', 'limits', 'rollBackTo'], findUnfitForLambda),
  check(['questions'], ({ questions }) => {
    const grace = questions.deliveryGraceSeconds ?? usual.DELIVERY_GRACE_SECONDS;
    const unheld = questions.unheldSeconds ?? usual.UNHELD_SECONDS;
    const message = `a question would count as lost (${unheld}) before it is brought again (questions.deliveryGraceSeconds is ${grace})`;
    return faults(['questions.unheldSeconds', unheld <= grace && message]);
  }),
  check(['limits', 'budgets', 'model'], findUnpayable),
  check(['gateway', 'mcpServers'], findLonelyServers),
  check(['mcpServers'], ({ mcpServers }) =>
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
  check(['github', 'state', 'permissionsBoundary', 'account'], findUndeliverable),
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

/** Each has a trust and a policy of its own, is used, and nobody but the company changes it. */
function findUnfitRoles(
  fields: Pick<Fields, 'roles' | 'account' | 'region' | 'accountCode' | 'botName' | 'image' | 'gateway' | 'mcpServers'>,
): Problem[] {
  const { roles, account, image, gateway, mcpServers } = fields;
  const named = existingRolesOf(roles);
  const unused: Readonly<Record<string, string | false>> = {
    image: !isBuiltInAccount(image) && "nothing is built with it: it is for image: { build: 'codebuild' }",
    gateway: !gateway && 'there is no gateway that would take it on',
    'aws-reader': !serversOf(mcpServers).some(({ name }) => name === 'aws') && 'no server of mcpServers looks at the account with it',
  };
  return faults(
    ...named.flatMap(([role, arn], index) => {
      const path = `roles.${role}`;
      const twin = named.slice(0, index).find(([, other]) => other === arn)?.[0];
      const name = arn.split('/').at(-1) ?? '';
      return [
        [path, arn.split(':')[4] !== account && `a role of account ${account} is needed`],
        [path, twin !== undefined && `${twin} has this one: each has a trust and a policy of its own`],
        [path, name.startsWith(`${nameOf(fields)}-`) && `${nameOf(fields)}-… are Vera’s own, which a deployment makes and changes`],
        [path, unused[role]],
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

function findUnfitForLambda(fields: Pick<Fields, 'worker' | 'limits' | 'rollBackTo'>): Problem[] {
  const { worker, limits, rollBackTo } = fields;
  if (worker.on === 'agentcore')
    return faults(
      ['worker.reservedConcurrency', worker.reservedConcurrency !== undefined && onlyThere],
      ['worker.memoryMegabytes', worker.memoryMegabytes !== usualMegabytes && onlyThere],
    );
  return faults(
    [
      'limits.seconds',
      limits.seconds > mostSecondsOnLambda &&
        `${limits.seconds} is longer than a question may take on Lambda, which ends after fifteen minutes: at most ${mostSecondsOnLambda}`,
    ],
    [
      'rollBackTo',
      rollBackTo !== undefined && 'that is a version of AgentCore’s runtime: on Lambda, deploy the earlier commit, whose image is kept',
    ],
  );
}

const onlyThere = "AgentCore has no such limit: it is for worker: { on: 'lambda' }";

/** What the sweeper takes where nothing is said. */
const usual = {
  DELIVERY_GRACE_SECONDS: z.parse(sweeperEnv.shape.DELIVERY_GRACE_SECONDS, undefined),
  UNHELD_SECONDS: z.parse(sweeperEnv.shape.UNHELD_SECONDS, undefined),
};

const howToAddOne = 'add it to docker/worker.Dockerfile, and to stacks/worker/image-target.ts which stage has it';

/** A call is taken out of what there is before it is made, with all that it may write. */
function findUnpayable({ limits, budgets, model }: Pick<Fields, 'limits' | 'budgets' | 'model'>): Problem[] {
  const { maxTokens } = model;
  const price = priceOf(model.id, new Map(Object.entries(model.profiles)));
  const dollars = price && (price.output * maxTokens) / 1_000_000;
  const told = `less than one model call may write (model.maxTokens is ${maxTokens}): no question would ever be answered`;
  const { person, channel, workspace } = budgets;
  return faults(
    ['limits.tokens', limits.tokens <= maxTokens && `${limits.tokens} is ${told}`],
    ...Object.entries({ person, channel, workspace }).flatMap(([whose, { tokensPerDay, dollarsPerDay }]) => [
      [
        `budgets.${whose}.tokensPerDay`,
        typeof tokensPerDay === 'number' && tokensPerDay <= maxTokens && `${tokensPerDay} is ${told}`,
      ] as const,
      [
        `budgets.${whose}.dollarsPerDay`,
        typeof dollarsPerDay === 'number' && dollars !== undefined && dollarsPerDay <= dollars && `$${dollarsPerDay} is ${told}`,
      ] as const,
    ]),
  );
}

function findLonelyServers({ gateway, mcpServers }: Pick<Fields, 'gateway' | 'mcpServers'>): Problem[] {
  const behind = serversOf(mcpServers).flatMap(({ via }, index) => (via === 'gateway' ? [index] : []));
  if (!gateway)
    return faults(...behind.map((index) => [`mcpServers.${index}.via`, 'there is no gateway to stand behind: add gateway: {}'] as const));
  const isEmpty = behind.length === 0 && !Object.values(gateway.targets).some(Boolean);
  const message = 'name at least one of pagerduty, jira, confluence, or a server with via: "gateway", or leave the gateway out';
  return faults(['gateway.targets', isEmpty && message]);
}

/** What GitHub's workflows cannot do without. */
function findUndeliverable(fields: Pick<Fields, 'github' | 'state' | 'permissionsBoundary' | 'account'>): Problem[] {
  const { github, state, permissionsBoundary, account } = fields;
  const isOf = (arn: string) => arn.split(':')[4] === account;
  return faults(
    [
      'github',
      github && !state && 'a workflow’s machine forgets what it deployed: name the bucket that keeps it, state: { bucket, region }',
    ],
    [
      'github',
      github && !permissionsBoundary && 'whoever may deploy makes roles: name the policy that is their ceiling, permissionsBoundary',
    ],
    ['github.providerArn', github?.providerArn && !isOf(github.providerArn) && `a provider of account ${account} is needed`],
    [
      'permissionsBoundary',
      permissionsBoundary &&
        !permissionsBoundary.startsWith('arn:aws:iam::aws:') &&
        !isOf(permissionsBoundary) &&
        `a policy of account ${account} is needed`,
    ],
  );
}
