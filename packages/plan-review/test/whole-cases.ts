import type { Json } from '../src/json/json.ts';
import type { Case } from './weakening-cases.ts';

const distribution = {
  enabled: true,
  aliases: ['vera.example'],
  web_acl_id: 'arn:aws:wafv2:x:1:a',
  default_cache_behavior: [{ cache_policy_id: 'CachingDisabled', viewer_protocol_policy: 'https-only' }],
  viewer_certificate: [{ minimum_protocol_version: 'TLSv1.2_2021' }],
  origin: [
    {
      domain_name: 'a.lambda-url.example',
      custom_origin_config: [{ origin_protocol_policy: 'https-only', origin_ssl_protocols: ['TLSv1.2'] }],
      custom_header: [{ name: 'x-vera-front', value: 'y' }],
    },
  ],
};
const [origin] = distribution.origin;
const project = {
  service_role: 'arn:aws:iam::1:role/image',
  project_visibility: 'PRIVATE',
  environment: [{ image: 'aws/codebuild/x:3.0', privileged_mode: true }],
  source: [{ type: 'S3', location: 'sources/none/', buildspec: '{"phases":{"build":{"commands":["sha256sum --check","sh build"]}}}' }],
};
const firewall = { scope: 'CLOUDFRONT', visibility_config: [{ cloudwatch_metrics_enabled: true, metric_name: 'x' }] };

const casesOf = (type: string, before: object, changes: Readonly<Record<string, readonly [after: object, says: string]>>): Case[] =>
  Object.entries(changes).map(([kind, [after, says]]) => [kind, type, [before as Json, { ...before, ...after } as Json], says]);

/** Of what decides who gets in, or what is built, by all that it says. */
export const wholes: readonly Case[] = [
  ...casesOf('aws_cloudfront_distribution', distribution, {
    'answers that are kept': [
      { default_cache_behavior: [{ ...distribution.default_cache_behavior[0], cache_policy_id: 'CachingOptimized' }] },
      '`CachingDisabled` → `CachingOptimized`',
    ],
    'callers without TLS': [
      { default_cache_behavior: [{ ...distribution.default_cache_behavior[0], viewer_protocol_policy: 'allow-all' }] },
      '`https-only` → `allow-all`',
    ],
    'callers with old TLS': [{ viewer_certificate: [{ minimum_protocol_version: 'TLSv1' }] }, '`TLSv1.2_2021` → `TLSv1`'],
    'an origin without TLS': [
      { origin: [{ ...origin, custom_origin_config: [{ origin_protocol_policy: 'http-only', origin_ssl_protocols: ['SSLv3'] }] }] },
      '`https-only` → `http-only`',
    ],
    'another origin': [{ origin: [{ ...origin, domain_name: 'evil.example' }] }, '`a.lambda-url.example` → `evil.example`'],
    'one that answers nobody': [{ enabled: false }, '`enabled`: `true` → `false`'],
    'one without its name': [{ aliases: [] }, '`aliases`: without `vera.example`'],
    'another firewall': [{ web_acl_id: 'arn:aws:wafv2:x:1:b' }, 'lets in, answers or passes on otherwise than before (`web_acl_id`'],
  }),
  ...casesOf('aws_wafv2_web_acl', firewall, {
    'a firewall that is not measured': [
      { visibility_config: [{ cloudwatch_metrics_enabled: false, metric_name: 'x' }] },
      'records it, otherwise than before (`visibility_config.cloudwatch_metrics_enabled`: `true` → `false`)',
    ],
  }),
  ...casesOf('aws_codebuild_project', project, {
    'sources of elsewhere': [{ source: [{ ...project.source[0], type: 'GITHUB', location: 'https://evil.example' }] }, '`S3` → `GITHUB`'],
    'a build without its check': [
      { source: [{ ...project.source[0], buildspec: '{"phases":{"build":{"commands":["sh build"]}}}' }] },
      'without `sha256sum --check`',
    ],
    'a build with other rights': [{ service_role: 'arn:aws:iam::1:role/admin' }, 'for something other than before (`service_role`'],
    'a build for all to see': [{ project_visibility: 'PUBLIC_READ' }, '`PRIVATE` → `PUBLIC_READ`'],
    'a build in another image': [{ environment: [{ image: 'evil/x', privileged_mode: true }] }, '`environment.image`'],
  }),
];
