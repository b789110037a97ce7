import { expect, test } from 'vitest';
import { createFaultList, type FaultTiming } from '../src/fault-list.ts';

test('what is left of a fault can be taken back, and no other goes with it', () => {
  const faults = createFaultList<FaultTiming & { readonly name: string }, undefined>(() => true);
  const takeBack = faults.inject({ name: 'one', times: Number.POSITIVE_INFINITY });
  faults.inject({ name: 'two' });
  expect([faults.take(undefined)?.name, faults.take(undefined)?.name]).toEqual(['one', 'one']);
  takeBack();
  takeBack();
  expect([faults.take(undefined)?.name, faults.take(undefined)?.name]).toEqual(['two', undefined]);
});
