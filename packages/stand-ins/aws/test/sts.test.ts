import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { createTestClock } from '@vera/stand-in-kit/clock';
import { describe, expect, it } from 'vitest';
import { createCallRecord } from '../src/call-record.ts';
import { createSts } from '../src/create-sts.ts';
import { clientOptions } from './aws-client-options.ts';

const RoleArn = 'arn:aws:iam::000000000000:role/reader';
const statements = [{ Effect: 'Allow' as const, Action: ['ec2:*'], Resource: ['*'] }];
const session = { RoleArn, RoleSessionName: 'vera', DurationSeconds: 900 };

async function start() {
  const record = createCallRecord();
  const clock = createTestClock();
  const sts = await createSts({ record, clock, roles: [{ arn: RoleArn, trusts: ['worker'], statements }] });
  const assume = (more: object = {}, component = 'worker') =>
    new STSClient(clientOptions(sts.url, component)).send(new AssumeRoleCommand({ ...session, ...more }));
  return { sts, record, clock, assume, [Symbol.asyncDispose]: () => sts[Symbol.asyncDispose]() };
}

describe('the STS emulator', () => {
  it('gives a session to those whom the role trusts, with the role’s rights, for its time', async () => {
    await using system = await start();
    const { Credentials, AssumedRoleUser } = await system.assume();
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::000000000000:assumed-role/reader/vera');
    const [key, token] = [Credentials?.AccessKeyId ?? '', Credentials?.SessionToken ?? ''];
    expect(system.sts.sessionOf(key, token)).toMatchObject({ arn: AssumedRoleUser?.Arn, policies: [statements] });
    expect(system.sts.sessionOf(key, `${token}x`)).toBeUndefined();
    expect(system.sts.sessionOf(key, null)).toBeUndefined();
    await system.clock.advance(900_000);
    expect(system.sts.sessionOf(key, token)).toBeUndefined();
    expect(system.record.calls).toMatchObject([{ component: 'worker', action: 'sts:AssumeRole', resource: RoleArn, status: 200 }]);
  });

  it.each([
    ['another caller', {}, 'receiver', 'AccessDenied'],
    ['a role that is not there', { RoleArn: `${RoleArn}2` }, 'worker', 'AccessDenied'],
    ['less than a quarter of an hour', { DurationSeconds: 899 }, 'worker', 'ValidationError'],
    ['more than twelve hours', { DurationSeconds: 43_201 }, 'worker', 'ValidationError'],
    ['a name with a space', { RoleSessionName: 'a b' }, 'worker', 'ValidationError'],
    ['a policy that is too long', { Policy: JSON.stringify({ Statement: [], x: 'x'.repeat(2_048) }) }, 'worker', 'ValidationError'],
    ['a policy that is none', { Policy: '{"Statement":' }, 'worker', 'MalformedPolicyDocumentException'],
    [
      'a wildcard for services',
      { Policy: JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 'cognito-*:*', Resource: '*' }] }) },
      'worker',
      'MalformedPolicyDocumentException',
    ],
  ])('refuses %s', async (_, more, component, name) => {
    await using system = await start();
    await expect(system.assume(more, component)).rejects.toMatchObject({ name });
    expect(system.sts.sessions).toBe(0);
  });
});
