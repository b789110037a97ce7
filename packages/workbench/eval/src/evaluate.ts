import { join } from 'node:path';
import { describe, inject, test } from 'vitest';
import type { EvalCase, ObeyingCase } from './eval-case.ts';

/** Registers the cases of a topic with vitest, each as a test. */
export function evaluate(topic: string, cases: readonly EvalCase[]): void {
  const options = inject('eval');
  const file = join(options.recordings, `${topic}.yaml`);
  const names = cases.map(({ name }) => name);
  const doubled = names.find((name, index) => names.indexOf(name) !== index);
  if (doubled) throw new Error(`Two cases of ${topic} are called “${doubled}”.`);
  describe(topic, () => {
    for (const one of cases) {
      test(one.name, async ({ task }) => {
        // Loaded by the first case that is played: a name that few have waits for no AWS SDK.
        if (options.mode === 'without' && hasObeying(one)) {
          const { playWithout } = await import('./without/play-without.ts');
          task.meta.without = await playWithout(one);
        } else {
          const { playRecorded } = await import('./play-recorded.ts');
          task.meta.eval = await playRecorded(one, file, options);
        }
      });
    }
  });
}

function hasObeying(one: EvalCase): one is ObeyingCase {
  return one.obeys !== undefined;
}
