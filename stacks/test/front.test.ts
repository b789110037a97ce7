import { describe, expect, it } from 'vitest';
import { frontHeader } from '../front/front-secret.ts';
import { resourcesOfType } from '../permissions/stacks-json.ts';
import type { SettingsInput } from '../settings/settings-schema.ts';
import { company, production, trial } from './example-settings.ts';
import { leastSettings, resourcesOf, synthesise } from './synthesised.ts';

const front = { ...company.front!, certificateArn: company.front!.certificateArn.replace(company.account, leastSettings.account) };
const settings: SettingsInput = { ...leastSettings, region: 'eu-west-1', model: { id: 'eu.anthropic.claude-sonnet-5-5' }, front };
const { stacks } = synthesise(settings);
const resources = stacks.get('front')!.resource;
const distributions = Object.values(resources.aws_cloudfront_distribution ?? {});
const hostOf = (stack: string) => `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.`;

describe('D26 the front', () => {
  it('D26 is there only where the settings name it', () => {
    for (const none of [trial, production, leastSettings]) {
      const usual = synthesise(none, 'production').stacks;
      expect([...usual.keys()]).not.toContain('front');
      expect(JSON.stringify([...usual.values()])).not.toMatch(/FRONT_DIGESTS|cloudfront|wafv2|front-secret/i);
    }
  });

  it('D26 shows each function a secret header and never signs, passes on whatever Slack and browsers send, and keeps nothing', () => {
    expect(JSON.stringify(resources)).not.toMatch(/origin_access/);
    expect(distributions.map(({ aliases }) => aliases)).toEqual([['vera.northwind.example'], ['slack.vera.northwind.example']]);
    for (const { origin, default_cache_behavior: behaviour, viewer_certificate: certificate } of distributions) {
      const [{ custom_header: headers, custom_origin_config: to }] = origin as [Record<string, unknown>];
      expect(headers).toEqual([
        {
          name: frontHeader,
          value: expect.stringMatching(
            /^\$\{jsondecode\(data\.aws_secretsmanager_secret_version\.front-secret\.secret_string\)\.current\}$/,
          ),
        },
      ]);
      expect(to).toMatchObject({ origin_protocol_policy: 'https-only', origin_ssl_protocols: ['TLSv1.2'] });
      expect(behaviour).toMatchObject({
        allowed_methods: expect.arrayContaining(['GET', 'POST']),
        // Managed-CachingDisabled, Managed-AllViewerExceptHostHeader
        cache_policy_id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        origin_request_policy_id: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      });
      expect(behaviour).not.toHaveProperty('function_association');
      expect(certificate).toMatchObject({ acm_certificate_arn: front.certificateArn, minimum_protocol_version: 'TLSv1.2_2021' });
    }
    const origins = distributions.map(({ origin }) => String((origin as [{ domain_name: string }])[0].domain_name));
    expect(origins.toSorted()).toEqual([`${hostOf('auth-portal')}portal_host}`, `${hostOf('receiver')}receiver_host}`]);
  });

  it('D26 has its functions know the digests of that very secret and of the one before, which is the same one where there was none', () => {
    for (const stack of ['receiver', 'auth-portal']) {
      const [lambda] = Object.values(stacks.get(stack)?.resource.aws_lambda_function ?? {});
      const { variables } = lambda!.environment as { variables: Record<string, string> };
      const { FRONT_DIGESTS: digests } = variables;
      const key = (name: string) => `jsondecode(data.aws_secretsmanager_secret_version.front-secret.secret_string).${name}`;
      const before = `coalesce(${key('before')}, ${key('current')})`;
      expect(digests).toBe(`\${nonsensitive(join(",", [sha256(${key('current')}), sha256(${before})]))}`);
    }
    const [secret] = resourcesOfType(stacks, 'aws_cloudformation_stack').filter(({ id }) => id === 'front-secret');
    const { Resources } = JSON.parse(String(secret?.resource.template_body)) as { Resources: { Secret: { Properties: object } } };
    expect(Resources.Secret.Properties).toMatchObject({
      Name: 'euw1-dev-vera-front',
      GenerateSecretString: { SecretStringTemplate: '{"before":""}', GenerateStringKey: 'current', PasswordLength: 48 },
    });
  });

  it('D26 has a firewall each, in us-east-1, whose rules on bodies and long queries only count', () => {
    const firewalls = Object.values(resources.aws_wafv2_web_acl ?? {});
    expect(firewalls).toHaveLength(2);
    for (const { provider, scope, rule, default_action } of firewalls) {
      expect({ provider, scope, default_action }).toEqual({ provider: 'aws.global', scope: 'CLOUDFRONT', default_action: { allow: {} } });
      const rules = (rule as { statement: { managed_rule_group_statement: { rule_action_override: object[] } } }[]).flatMap(
        ({ statement }) => statement.managed_rule_group_statement.rule_action_override,
      );
      const bodies = ['SizeRestrictions', 'CrossSiteScripting', 'EC2MetaDataSSRF', 'GenericLFI', 'GenericRFI'].map(
        (name) => `${name}_BODY`,
      );
      for (const name of [...bodies, 'SizeRestrictions_QUERYSTRING']) expect(rules).toContainEqual({ name, action_to_use: { count: {} } });
      expect(JSON.stringify(rules)).not.toMatch(/block|captcha|challenge/);
    }
    expect(stacks.get('front')?.provider.aws).toMatchObject([{ region: 'eu-west-1' }, { alias: 'global', region: 'us-east-1' }]);
  });

  it('D26 rings when it stops something, by the name and the dimensions that its firewalls are counted by', () => {
    const counted = Object.values(resources.aws_wafv2_web_acl ?? {}).map(({ visibility_config }) => visibility_config);
    const alarms = Object.values(resources.aws_cloudwatch_metric_alarm ?? {});
    expect(alarms).toHaveLength(2);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ provider: 'aws.global', namespace: 'AWS/WAFV2', metric_name: 'BlockedRequests', statistic: 'Sum' });
      const { WebACL, Rule } = alarm.dimensions as Record<string, string>;
      expect(counted).toContainEqual(expect.objectContaining({ metric_name: WebACL, cloudwatch_metrics_enabled: true }));
      expect(Rule).toBe('ALL');
      expect(alarm.alarm_actions).toEqual(['${aws_sns_topic.alarms.arn}']);
    }
    expect(resources.aws_sns_topic?.alarms).toMatchObject({ provider: 'aws.global' });
  });

  it('is where people and Slack are sent', () => {
    const [portal] = Object.values(stacks.get('auth-portal')?.resource.aws_lambda_function ?? {});
    expect(portal?.environment).toMatchObject({ variables: { PUBLIC_URL: 'https://vera.northwind.example/' } });
    expect(stacks.get('receiver')?.output?.url?.value).toBe('https://slack.vera.northwind.example/');
    expect(stacks.get('auth-portal')?.output?.portal_url?.value).toBe('https://vera.northwind.example/');
    expect(resourcesOf(stacks, 'aws_lambda_function_url')).toHaveLength(2);
  });

  it.each([
    [{ ...front, portal: front.receiver }, 'front.portal: receiver and portal need a name each'],
    [
      { ...front, certificateArn: front.certificateArn.replace('us-east-1', 'eu-west-1') },
      'front.certificateArn: the ARN of a certificate in us-east-1',
    ],
    [{ ...front, portal: 'https://vera.northwind.example' }, 'front.portal: a name such as'],
    [{ ...front, certificateArn: company.front!.certificateArn }, 'front.certificateArn: a certificate of account 111122223333'],
  ])('is refused where it cannot work: %j', (wrong, message) => {
    expect(() => synthesise({ ...leastSettings, front: wrong })).toThrow(message);
    expect(() => synthesise({ ...leastSettings, front, portalUrl: 'https://x.example/' })).toThrow('portalUrl: leave it out');
  });
});
