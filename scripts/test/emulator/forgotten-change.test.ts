import { expect, it } from 'vitest';
import { asOnAws } from '../../emulator/forgotten-change.ts';

const logging = { logging_config: [{ log_format: 'Text' }] };
const update = (type: string, before: object, after: object) => ({
  address: `${type}.it`,
  type,
  change: { actions: ['update'], before, after },
});

it('a change of what only the emulator forgot is none on AWS', () => {
  expect(asOnAws(update('aws_lambda_function', { timeout: 3 }, { timeout: 3, ...logging })).change).toEqual({
    actions: ['no-op'],
    before: { timeout: 3, ...logging },
    after: { timeout: 3, ...logging },
  });
});

it('a change of something else stays, without what was forgotten', () => {
  expect(asOnAws(update('aws_lambda_function', { timeout: 3 }, { timeout: 9, ...logging })).change).toEqual({
    actions: ['update'],
    before: { timeout: 3, ...logging },
    after: { timeout: 9, ...logging },
  });
  const others = [
    update('aws_sfn_state_machine', {}, logging),
    { ...update('aws_lambda_function', {}, logging), change: { actions: ['delete', 'create'], before: {}, after: logging } },
  ];
  expect(others.map(asOnAws)).toEqual(others);
});
