import type { AwsCall } from '@vera/aws-stand-in/call-record';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, type Grant, type Role, readDeployment } from './deployment.ts';
import { permissionFaults } from './permission-faults.ts';
import { recordOfADay } from './record-of-a-day.ts';

const environments = ['trial', 'production', 'lambda'];
const calls = new Map<string, readonly AwsCall[]>();
const deployments = new Map<string, Deployment>();

beforeAll(async () => {
  for (const name of environments) deployments.set(name, await readDeployment(name));
  // Of each way in which the worker shows itself to the gateway.
  for (const [name, authorizer, platform] of [
    ['trial', 'iam', 'v2'],
    ['production', 'cognito', 'v2'],
    ['lambda', 'iam', 'lambda'],
  ] as const)
    calls.set(name, await recordOfADay({ authorizer, aws: awsOf(deployments.get(name)!), platform }));
}, 180_000);

/** Where AWS is switched on. */
function awsOf({ account, roles }: Deployment) {
  const reader = roles.find((role) => role.name.endsWith('-aws-reader'));
  return reader && { account, statements: reader.statements };
}

describe.each(environments)('the permissions of %s', (name) => {
  it('allow every call that the components make, and nothing else without a written reason', () => {
    expect(permissionFaults(deployments.get(name)!, calls.get(name)!)).toEqual([]);
  });
});

/**
 * What AWS itself does with a role, beside our code: only its reason and docs/permissions.md speak for it, and no call here. The tests of the
 * stacks show that the document and R30 catch a change of these.
 */
const beyondTheRecord = ['Image', 'ImageToken', 'LogGroups', 'LogLines', 'Logs', 'NotThroughMcp'];

// What the proof finds does not depend on where the worker runs.
describe.each(['trial', 'production'])('the proof for %s, when one grant is changed', (name) => {
  const components = () => deployments.get(name)!.roles.filter(({ environment }) => environment);
  const faultsWith = (changed: Role) => {
    const { roles, ...deployment } = deployments.get(name)!;
    return permissionFaults({ ...deployment, roles: roles.map((role) => (role.name === changed.name ? changed : role)) }, calls.get(name)!);
  };
  /** What the proof says of each way to change one statement, of those that are meant. */
  const outcomesOf = (change: (grant: Grant) => Grant[], isMeant: (grant: Grant) => boolean) =>
    components().flatMap((role) =>
      role.statements.filter(isMeant).flatMap((statement) =>
        change(statement).map((changed) => ({
          grant: `${role.stack}: ${statement.Sid}`,
          faults: faultsWith({ ...role, statements: role.statements.map((one) => (one === statement ? changed : one)) }),
        })),
      ),
    );
  const isRecorded = ({ Sid = '' }: Grant) => !beyondTheRecord.includes(Sid);
  const isUnexplained = ({ because }: Grant) => !because;

  const dropping = ({ Action, Resource, ...rest }: Grant): Grant[] => [
    ...Action.map((action) => ({ ...rest, Resource, Action: Action.filter((one) => one !== action) })),
    ...Resource.map((resource) => ({ ...rest, Action, Resource: Resource.filter((one) => one !== resource) })),
  ];

  it('finds any action dropped, and any resource', () => {
    const outcomes = outcomesOf(dropping, isRecorded);
    expect(outcomes.length).toBeGreaterThan(30);
    for (const { grant, faults } of outcomes) expect(faults, grant).not.toEqual([]);
  });

  it('cannot tell of what AWS itself does with a role', () => {
    for (const { grant, faults } of outcomesOf(dropping, (grant) => !isRecorded(grant))) expect(faults, grant).toEqual([]);
  });

  it('finds any action added, and any resource, where no reason covers it', () => {
    const adding = ({ Action, Resource, ...rest }: Grant): Grant[] => [
      { ...rest, Resource, Action: [...Action, 'dynamodb:DeleteTable'] },
      { ...rest, Action, Resource: [...Resource, 'arn:aws:dynamodb:us-east-1:111122223333:table/another'] },
    ];
    for (const { grant, faults } of outcomesOf(adding, isUnexplained)) expect(faults, grant).not.toEqual([]);
  });

  it('finds any resource or action widened, where no reason covers it', () => {
    const wider = (text: string) =>
      ['*', `${text}*`, text.replace(/[^:/]+$/, '*'), text.replace(/:\d{12}:/, ':*:')].filter((one) => one !== text);
    const widening = ({ Action, Resource, ...rest }: Grant): Grant[] => [
      ...Resource.flatMap((resource) =>
        wider(resource).map((one) => ({ ...rest, Action, Resource: Resource.with(Resource.indexOf(resource), one) })),
      ),
      ...Action.flatMap((action) => wider(action).map((one) => ({ ...rest, Resource, Action: Action.with(Action.indexOf(action), one) }))),
    ];
    const outcomes = outcomesOf(widening, isUnexplained);
    expect(outcomes.length).toBeGreaterThan(30);
    for (const { grant, faults } of outcomes) expect(faults, grant).toContainEqual(expect.stringContaining('neither called nor explained'));
  });

  it('finds a Deny, and a condition that the calls do not meet', () => {
    for (const { grant, faults } of outcomesOf((one) => [{ ...one, Effect: 'Deny' }], isRecorded)) expect(faults, grant).not.toEqual([]);
    const viaAnother = { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } };
    const outcomes = outcomesOf(
      (one) => [{ ...one, Condition: viaAnother }],
      ({ Sid }) => Sid === 'Key',
    );
    expect(outcomes.map(({ faults }) => faults.length > 0)).toEqual([true, true, true, true]);
  });

  it('finds a statement more, without a reason, on any role, and a reason that went missing where nothing calls', () => {
    const more: Grant = { Sid: 'More', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::bucket/key'] };
    for (const role of deployments.get(name)!.roles) {
      expect(faultsWith({ ...role, statements: [...role.statements, more] })).toEqual([
        `${role.name} may s3:GetObject on arn:aws:s3:::bucket/key, which is neither called nor explained`,
      ]);
      if (role.environment) continue;
      const unexplained = { ...role, statements: role.statements.map(({ because: _, ...grant }) => grant) };
      expect(faultsWith(unexplained).length, role.name).toBeGreaterThanOrEqual(role.statements.length);
    }
    for (const { grant, faults } of outcomesOf(
      ({ because: _, ...one }) => [one],
      (one) => !isRecorded(one) && one.Effect === 'Allow',
    ))
      expect(faults, grant).not.toEqual([]);
  });
});

describe('the proof', () => {
  const [first] = environments;
  const roleOf = (stack: string) => deployments.get(first!)!.roles.find((role) => role.stack === stack)!;
  const withRole = (changed: Role) => {
    const { roles, ...deployment } = deployments.get(first!)!;
    return { ...deployment, roles: roles.map((role) => (role.stack === changed.stack ? changed : role)) };
  };

  it('finds a policy for another table than the one in the environment', () => {
    const receiver = roleOf('receiver');
    const elsewhere = { ...receiver, environment: { ...receiver.environment, LEDGER_TABLE: 'use1-dev-vera-accounts' } };
    expect(permissionFaults(withRole(elsewhere), calls.get(first!)!)).toContainEqual(
      'receiver calls dynamodb:PutItem on arn:aws:dynamodb:us-east-1:111122223333:table/use1-dev-vera-accounts, and its role does not allow it',
    );
  });

  it('stops at a call on something that no variable of the component names', () => {
    const { LEDGER_TABLE: _, ...environment } = roleOf('receiver').environment!;
    expect(() => permissionFaults(withRole({ ...roleOf('receiver'), environment }), calls.get(first!)!)).toThrow(
      'receiver called dynamodb:PutItem on arn:aws:dynamodb:us-east-1:000000000000:table/vera-ledger, and no variable of its stack names ledger',
    );
  });

  it('finds a component that calls and has no role', () => {
    const { roles, ...deployment } = deployments.get(first!)!;
    expect(permissionFaults({ ...deployment, roles: roles.filter(({ stack }) => stack !== 'sweeper') }, calls.get(first!)!)).toContain(
      'sweeper calls AWS and has no role',
    );
  });

  it('finds a component of the stacks that nothing here runs', () => {
    const faults = permissionFaults(
      deployments.get(first!)!,
      calls.get(first!)!.filter(({ component }) => component !== 'auth-portal'),
    );
    const idle = ['secretsmanager:GetSecretValue', 'dynamodb:PutItem', 'kms:GenerateDataKey'];
    for (const action of idle) {
      const fault = new RegExp(`^use1-dev-vera-auth-portal may ${action} .* neither called nor explained$`);
      expect(faults).toContainEqual(expect.stringMatching(fault));
    }
    expect(faults.filter((fault) => !fault.startsWith('use1-dev-vera-auth-portal may '))).toEqual([]);
  });
});
