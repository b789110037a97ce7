import { attributeDifferences, isEmpty } from '../plan/attribute-differences.ts';
import { Hidden } from '../secrets/masked-value.ts';
import { differenceWords } from '../words/difference-words.ts';
import { firstOf } from '../words/markdown.ts';
import type { Seen } from './seen.ts';

/**
 * What decides by all that it says who gets in, or what is built: each change of it is told, for which of them is the weaker side no list of
 * rules knows. What means nothing of the kind is named instead.
 */
export function frontLooks({ type, action, before, after }: Seen): string[] {
  const kind = action === 'update' || action === 'replace' ? kinds.find(({ of }) => of.test(type)) : undefined;
  if (!kind) return [];
  const differences = attributeDifferences(before, after).filter(
    ({ path, before: old, after: next }) =>
      !harmless.test(path) &&
      !kind.besides.test(path) &&
      // A front's own secret is another after each rotation, and the entry says so.
      !(old instanceof Hidden && next instanceof Hidden) &&
      !(path === 'web_acl_id' && isEmpty(next)),
  );
  if (differences.length === 0) return [];
  const told = firstOf(
    differences.map((difference) => differenceWords(difference)),
    8,
  );
  return [`${kind.says} (${told})`];
}

/** Told by other looks, or said for people, counted by the provider, or of what it costs. */
const harmless =
  /^(?:arn|id|name|name_prefix|tags|tags_all|description|comment|etag|status|timeouts)(?:$|[.[])|(?:^|\.)custom_header(?:\[\d+\])?\.name$/;

const kinds = [
  {
    of: /^aws_cloudfront_/,
    besides:
      /^(?:caller_reference|domain_name|hosted_zone_id|http_version|in_progress_validation_batches|is_ipv6_enabled|last_modified_time|live_stage_etag|logging_v1_enabled|price_class|retain_on_delete|trusted_key_groups|trusted_signers|wait_for_deployment)(?:$|[.[])/,
    says: 'lets in, answers or passes on otherwise than before',
  },
  {
    of: /^aws_wafv2_/,
    besides: /^(?:application_integration_url|capacity|default_action|lock_token|rule)(?:$|[.[])/,
    says: 'looks at what comes, or records it, otherwise than before',
  },
  {
    of: /^aws_codebuild_/,
    besides: /^(?:badge_url|build_timeout|concurrent_build_limit|created|public_project_alias|queued_timeout)(?:$|[.[])/,
    says: 'builds from, with, as or for something other than before',
  },
] as const;
