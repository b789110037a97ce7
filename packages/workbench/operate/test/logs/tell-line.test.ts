import { expect, it } from 'vitest';
import { tellLine } from '../../src/logs/tell-line.ts';

it('tells people what a line says, without what only CloudWatch reads in it', () => {
  const metrics = [{ Namespace: 'Vera', Dimensions: [['Deployment']], Metrics: [{ Name: 'question.answered' }, { Name: 'tokens' }] }];
  const counted = { Deployment: 'x', 'question.answered': 1, _aws: { Timestamp: 1, CloudWatchMetrics: metrics } };
  const entry = { level: 'info', event: 'question.answered', tokens: 12, ...counted };
  const line = { component: 'worker' as const, at: 0, id: '1', message: '', entry };
  expect(tellLine(line)).toBe('1970-01-01 00:00:00.000 worker      info  question.answered tokens=12');
});
