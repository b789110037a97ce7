import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../settings/settings.ts';
import type { SettingsInput } from '../../settings/settings-schema.ts';
import { leastSettings } from '../synthesised.ts';

const front = {
  receiver: 'slack.northwind.example',
  portal: 'vera.northwind.example',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f',
};

describe('an environment', () => {
  it.each(['DEFAULT', 'my-env', '1st', 'x'.repeat(21)])(
    'has no name that AgentCore refuses, and is told to be called otherwise: %s',
    (name) => {
      expect(() => parseSettings(name, leastSettings)).toThrow(`Give stacks/environments/${name}.ts such a name.`);
    },
  );

  it('has names of its own in its account', () => {
    const beside = (others: Record<string, Partial<SettingsInput>>) => () =>
      parseSettings('staging', { ...leastSettings, company: '' }, new Map(Object.entries(others)));
    expect(beside({ trial: leastSettings })).toThrow(
      /2 problems:\n {2}company: .*\n {2}botName: all of it would be called use1-dev-vera-…, like what trial.ts/,
    );
    // Even where the other one has faults of its own.
    expect(beside({ trial: { ...leastSettings, company: 3 as never } })).toThrow('botName: all of it would be called');
    for (const change of [{ botName: 'other' }, { accountCode: 'test' }, { region: 'us-west-2' }, { account: '999988887777' }])
      expect(beside({ trial: { ...leastSettings, ...change } })).toThrow(/one problem:\n {2}company/);
    expect(beside({ staging: leastSettings, broken: null as never })).toThrow(/one problem/);
  });

  it('has host names of its own, whatever its account', () => {
    const other = { ...leastSettings, account: '999988887777', front: { ...front, portal: 'vera2.northwind.example' } };
    const beside = (given: object) => () => parseSettings('staging', { ...leastSettings, front }, new Map([['trial', given]]));
    expect(beside(other)).toThrow(/one problem:\n {2}front\.receiver: trial\.ts has slack\.northwind\.example already/);
    // Not even for the other one of the two.
    expect(beside({ ...other, front: { receiver: front.portal, portal: front.receiver } })).toThrow(/2 problems:/);
    expect(beside({ ...other, front: { receiver: 'a.northwind.example', portal: 'b.northwind.example' } })).not.toThrow();
    expect(beside(leastSettings)).toThrow(/one problem:\n {2}botName/);
  });
});
