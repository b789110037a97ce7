import { createImageRepository } from '@vera/aws-stand-in/ecr/image-repository';
import { describe, expect, it } from 'vitest';
import { lambda, production, trial } from '../example-settings.ts';
import { resourcesOf, synthesise } from '../synthesised.ts';

const oci = (kind: string) => `application/vnd.oci.image.${kind}.v1+json`;
const day = 86_400_000;

/** Builds of one after the other, a day between them, each an index with two children, a list of parts, provenance and a signature. */
function builtRepository(number: number) {
  let today = 0;
  const repository = createImageRepository(() => today * day);
  const builds: string[][] = [];
  for (let build = 1; build <= number; build += 1) {
    const children = ['linux/arm64', 'unknown/unknown'].map((platform) =>
      repository.push({ mediaType: oci('manifest'), config: { digest: `${build}`, platform } }),
    );
    const index = repository.push(
      { mediaType: oci('index'), manifests: children.map((digest) => ({ digest })) },
      `${build}`.padStart(12, 'a'),
    );
    const companions = ['cyclonedx', 'slsa', 'signature'].map((artifactType) =>
      repository.push({ mediaType: oci('manifest'), artifactType, subject: { digest: index } }),
    );
    builds.push([index, ...children, ...companions]);
    today += 1;
  }
  const wait = (days: number) => {
    today += days;
  };
  return { repository, wait, builds };
}

/** What synth has ECR do with the images; undefined where it is told nothing. */
function policyOf(settings: typeof trial): string | undefined {
  const [policy] = resourcesOf(synthesise(settings, 'production').stacks, 'aws_ecr_lifecycle_policy');
  return policy === undefined ? undefined : String(policy.policy);
}

const any = (countNumber: number) => rule({ tagStatus: 'any', countType: 'imageCountMoreThan', countNumber });
const rule = (selection: object) => JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] });

describe('D23 the images of earlier versions', () => {
  it.each(Object.entries({ trial, production, lambda }))(
    'D23 are kept, whichever an endpoint or rollBackTo points at, with all that belongs to them, however many come and go: %s',
    (_, settings) => {
      const { repository, wait, builds } = builtRepository(40);
      wait(1_000);
      repository.applyLifecycle(policyOf(settings));
      const [first, , , fourth] = builds;
      expect([...first!, ...fourth!].filter((digest) => !repository.find(digest))).toEqual([]);
      expect(builds.flat().filter((digest) => !repository.find(digest))).toEqual([]);
    },
  );

  it('D23 would not be by a rule that counts: companions count as images, and the oldest build goes first', () => {
    const { repository, builds } = builtRepository(10);
    repository.applyLifecycle(any(10));
    const kept = builds.flatMap(([index], at) => (repository.find(index!) ? [at + 1] : []));
    expect(kept).toEqual([9, 10]);
    expect(builds[0]!.filter((digest) => repository.find(digest))).toEqual([]);
  });

  it('D23 would not be by their age, nor would signatures by a rule for what has no tag', () => {
    const { repository, wait, builds } = builtRepository(4);
    repository.applyLifecycle(rule({ tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 1 }));
    // Children of an index stay while it does.
    expect(builds[0]!.map((digest) => repository.find(digest) !== undefined)).toEqual([true, true, true, false, false, false]);
    wait(20);
    repository.applyLifecycle(rule({ tagStatus: 'tagged', tagPatternList: ['a*'], countType: 'sinceImagePulled', countNumber: 21 }));
    expect(builds.map(([index]) => repository.find(index!) !== undefined)).toEqual([false, false, false, true]);
  });

  it('D23 are out of reach of a rule behind one that names them, as far as the registry is told', () => {
    const { repository, builds } = builtRepository(4);
    const rules = [
      { tagStatus: 'tagged', tagPrefixList: [`${1}`.padStart(12, 'a')], countType: 'imageCountMoreThan', countNumber: 9999 },
      { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
    ].map((selection, index) => ({ rulePriority: index + 1, selection, action: { type: 'expire' } }));
    repository.applyLifecycle(JSON.stringify({ rules }));
    expect(builds.map(([index]) => repository.find(index!) !== undefined)).toEqual([true, false, false, false]);
  });
});
