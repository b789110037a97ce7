import type { StoredImage } from './stored-image.ts';

interface Rule {
  readonly rulePriority: number;
  readonly selection: {
    readonly tagStatus: 'tagged' | 'untagged' | 'any';
    readonly tagPrefixList?: readonly string[];
    readonly tagPatternList?: readonly string[];
    readonly countType: string;
    readonly countNumber: number;
  };
  readonly action: { readonly type: string };
}

const day = 86_400_000;

/**
 * What a lifecycle policy takes away, as the evaluation rules of ECR's user guide have it. Where the guide is silent, the worse reading: signatures
 * and the like are selected and counted as images are (aws/containers-roadmap#2613), and go with what they belong to. A rule knows tags, ages and
 * pulls; nobody tells ECR which image an endpoint or a function runs.
 */
export function expiredImages(policy: string, images: readonly StoredImage[], now: number): ReadonlySet<string> {
  const { rules } = JSON.parse(policy) as { readonly rules: readonly Rule[] };
  const children = new Set(images.flatMap(({ manifest }) => manifest.manifests?.map(({ digest }) => digest) ?? []));
  const claimed = new Set<string>();
  const gone = new Set<string>();
  for (const rule of rules.toSorted((a, b) => a.rulePriority - b.rulePriority)) {
    const selected = images.filter((image) => isSelected(image, rule)).toSorted((a, b) => b.pushedAt - a.pushedAt);
    const due = selected.filter((image, index) => isDue(image, index, rule, now));
    for (const { digest } of due) if (!claimed.has(digest) && !children.has(digest)) gone.add(digest);
    for (const { digest } of selected) claimed.add(digest);
  }
  // With an index go those it alone held, and with a subject those that refer to it.
  for (const digest of gone)
    for (const { digest: companion } of companionsOf(digest, images)) if (!isHeld(companion, images, gone)) gone.add(companion);
  return gone;
}

function isSelected({ tags }: StoredImage, { selection }: Rule): boolean {
  if (selection.tagStatus === 'any') return true;
  if (selection.tagStatus === 'untagged') return tags.length === 0;
  const patterns = selection.tagPatternList ?? selection.tagPrefixList?.map((prefix) => `${prefix}*`) ?? [];
  return tags.length > 0 && patterns.every((pattern) => tags.some((tag) => patternOf(pattern).test(tag)));
}

function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

function isDue({ pushedAt }: StoredImage, index: number, { selection, action }: Rule, now: number): boolean {
  if (action.type !== 'expire') throw new Error(`Nobody here knows the action '${action.type}'`);
  const { countType, countNumber } = selection;
  if (countType === 'imageCountMoreThan') return index >= countNumber;
  // Nothing here is pulled: who runs an image keeps a copy of it, and ECR counts from the push.
  if (!['sinceImagePushed', 'sinceImagePulled'].includes(countType)) throw new Error(`Nobody here knows the count type '${countType}'`);
  return now - pushedAt > countNumber * day;
}

function companionsOf(digest: string, images: readonly StoredImage[]): StoredImage[] {
  const inIt = new Set(images.find((image) => image.digest === digest)?.manifest.manifests?.map((child) => child.digest));
  return images.filter((image) => image.manifest.subject?.digest === digest || (image.tags.length === 0 && inIt.has(image.digest)));
}

function isHeld(digest: string, images: readonly StoredImage[], gone: ReadonlySet<string>): boolean {
  return images.some((image) => !gone.has(image.digest) && image.manifest.manifests?.some((child) => child.digest === digest));
}
