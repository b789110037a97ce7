import { ails, lives } from '../../check/finding.ts';
import type { Check } from '../check.ts';
import { functionRolesOf } from '../function-roles.ts';
import { type MetricAsked, metricRight, metricsIn } from '../metric-sum.ts';

const part = 'load';

export const loadCheck: Check = {
  part,
  asks: 'Did Lambda turn anything away in the last hour, and does the sweeper run?',
  rights: [metricRight],
  concerns: ({ isLocal }) => !isLocal,
  async look(patient) {
    const roles = functionRolesOf(patient);
    const of = (role: string, metric: string, minutes: number): MetricAsked => {
      return { namespace: 'AWS/Lambda', metric, dimensions: { FunctionName: patient.nameOf(role) }, stat: 'Sum', minutes };
    };
    const throttles = Object.fromEntries(roles.map((role) => [role, of(role, 'Throttles', 60)]));
    const counted = await metricsIn(patient, { ...throttles, runs: of('sweeper', 'Invocations', 60) });
    const throttled = roles.filter((role) => (counted[role] ?? 0) > 0);
    const faults = throttled.map((role) =>
      ails(
        part,
        `Lambda turned away ${counted[role]} calls of ${patient.nameOf(role)} in an hour: more came at once than may run`,
        `raise ${role === 'auth-portal' ? 'authPortal' : role}.reservedConcurrency of the settings, or the account's limit`,
      ),
    );
    if (counted.runs === 0)
      faults.push(
        ails(
          part,
          'CloudWatch counts no run of the sweeper in an hour: lost questions are told to nobody',
          'look whether its rule of EventBridge is on, and into its log; then pnpm cdktf deploy sweeper',
        ),
      );
    return faults.length > 0 ? faults : [lives(part, 'nothing was turned away in an hour, and the sweeper runs')];
  },
};
