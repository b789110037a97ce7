import { describe, expect, it } from 'vitest';
import { movingOutputsOf, readsOf, upstreamOf } from '../../release/moving-outputs.ts';

const reading = (...outputs: readonly string[]) =>
  readsOf(JSON.stringify(outputs.map((output) => `a \${data.terraform_remote_state.cross-stack-reference-input-${output}} b`)));
const moves = (actions: readonly string[]) => movingOutputsOf({ output_changes: { runtime_id: { actions } } });

describe('what a stack reads of others', () => {
  it('is every output, of every stack, once', () => {
    const reads = reading('worker.outputs.runtime_id', 'worker.outputs.runtime_id', 'auth-portal.outputs.function_url');
    expect([...reads].map(([stack, outputs]) => [stack, ...outputs])).toEqual([
      ['worker', 'runtime_id'],
      ['auth-portal', 'function_url'],
    ]);
  });
});

describe('the stack to apply first', () => {
  it.each([[['create']], [['update']], [['delete']], [['delete', 'create']]])('is one that will %j what is read', (actions) => {
    expect(upstreamOf(reading('worker.outputs.runtime_id'), new Map([['worker', moves(actions)]]))).toBe('worker');
  });

  it('is none where what is read stays, whatever else moves', () => {
    expect(upstreamOf(reading('worker.outputs.runtime_id'), new Map([['worker', moves(['no-op'])]]))).toBeUndefined();
    expect(upstreamOf(reading('worker.outputs.version'), new Map([['worker', moves(['update'])]]))).toBeUndefined();
    expect(upstreamOf(reading('storage.outputs.runtime_id'), new Map([['worker', moves(['update'])]]))).toBeUndefined();
    expect(movingOutputsOf({})).toEqual(new Set());
  });

  it('is one that could not be planned itself: nobody knows what it will tell', () => {
    expect(upstreamOf(reading('worker.outputs.version'), new Map([['worker', 'unplanned']]))).toBe('worker');
  });
});
