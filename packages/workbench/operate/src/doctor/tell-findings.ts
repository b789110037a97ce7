import type { Examined, Verdict } from './examine.ts';

const marks = { lives: 'well ', ails: 'AILS ', unseen: '?    ' } as const;

/** A line for each finding, and what helps below it. `without`: what was not looked at, as it is not there. */
export function tellFindings(examined: readonly Examined[], verdict: Verdict, without: readonly string[] = []): string {
  const widest = Math.max(...examined.map(({ part }) => part.length));
  const lines = examined.flatMap(({ part, findings }) =>
    findings.flatMap((finding) => {
      const line = `${marks[finding.kind]}  ${part.padEnd(widest)}  ${finding.words}`;
      return finding.kind === 'lives' ? [line] : [line, `${' '.repeat(widest + 9)}remedy: ${finding.remedy}`];
    }),
  );
  const left = without.length === 0 ? [] : [`Not looked at here, for only a deployment has it: ${without.join(', ')}.`];
  return [...lines, '', ...left, endings[verdict], ''].join('\n');
}

const endings: Readonly<Record<Verdict, string>> = {
  well: 'All that was looked at is well. What somebody changed outside of the code: pnpm plan.',
  ails: 'Mend the first that ails, and ask again: others may come of it.',
  unseen: 'Nothing ails of what was looked at, and not all could be looked at.',
};

/** For a program. */
export function findingsAsJson(examined: readonly Examined[], verdict: Verdict, without: readonly string[] = []): string {
  const findings = examined.flatMap(({ part, asks, findings: found }) => found.map((finding) => ({ ...finding, part, asks })));
  return `${JSON.stringify({ verdict, findings, notLookedAt: without }, undefined, 2)}\n`;
}
