import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { CachePoint, ConverseRequest } from './converse-request.ts';
import type { ModelCard } from './model-card.ts';
import { constraintError, validationError } from './validation-error.ts';

const mostCachePoints = 4;

interface Block {
  readonly cachePoint?: CachePoint;
  readonly document?: { readonly format?: string };
}

/** Where a request may hold cache points, how many, and in which order of their lifetimes. */
export function refuseCachePoints(request: ConverseRequest, { caches }: ModelCard): void {
  const sections = sectionsOf(request);
  const points = sections.flatMap(({ at, blocks }) =>
    blocks.flatMap(({ cachePoint }, position) => (cachePoint ? [{ ...cachePoint, at: `${at}.${position}` }] : [])),
  );
  if (points.length === 0) return;
  // https://github.com/BerriAI/litellm/pull/39210
  if (caches === 'nothing') {
    throw new AwsError(
      403,
      'AccessDeniedException',
      'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    );
  }
  for (const section of sections) refusePlaces(section, caches);
  if (points.length > mostCachePoints) {
    throw validationError(
      `The model returned the following errors: A maximum of ${mostCachePoints} blocks with cache_control may be provided. Found ${points.length}.`,
    );
  }
  refuseLifetimes(points);
}

type Section = { readonly at: string; readonly blocks: readonly Block[] };

function sectionsOf({ toolConfig, system = [], messages }: ConverseRequest): Section[] {
  return [
    { at: 'toolConfig.tools', blocks: toolConfig?.tools ?? [] },
    { at: 'system', blocks: system },
    ...messages.map(({ content }, index) => ({ at: `messages.${index}.content`, blocks: content })),
  ];
}

function refusePlaces({ at, blocks }: Section, caches: ModelCard['caches']): void {
  for (const [position, { cachePoint }] of blocks.entries()) {
    if (!cachePoint) continue;
    // Nova, https://github.com/NousResearch/hermes-agent/issues/97281
    if (at === 'toolConfig.tools' && caches !== 'all') {
      throw validationError(
        `The model returned the following errors: Malformed input request: #/toolConfig/tools/${position}: extraneous key [cachePoint] is not permitted, please reformat your input and try again.`,
      );
    }
    // Both as the library found them: https://github.com/strands-agents/harness-sdk/pull/3677
    const before = blocks[position - 1];
    if (!before || before.cachePoint) throw validationError(`There is nothing available to cache at ${at}.${position}.`);
    if (before.document && before.document.format !== 'pdf') {
      throw validationError(`A cache point at ${at}.${position} cannot be inserted directly behind a document that is no PDF.`);
    }
  }
}

/** The wording: https://github.com/Portkey-AI/gateway/issues/1762 */
function refuseLifetimes(points: readonly { readonly at: string; readonly ttl?: string }[]): void {
  for (const { at, ttl } of points) {
    if (ttl !== undefined && ttl !== '5m' && ttl !== '1h')
      throw constraintError(`${at}.cachePoint.ttl`, ttl, 'satisfy enum value set: [5m, 1h]');
  }
  const short = points.findIndex(({ ttl }) => ttl !== '1h');
  const late = points.find(({ ttl }, index) => ttl === '1h' && short !== -1 && index > short);
  if (!late) return;
  throw validationError(
    `The model returned the following errors: ${late.at}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`,
  );
}
