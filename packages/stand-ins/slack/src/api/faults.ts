import { createFaultList, type FaultList } from '@vera/stand-in-kit/fault-list';
import type { SlackFault } from '../contract.ts';
import { isDocumentedError, methodSpecOf } from './method-spec.ts';

export type Faults = FaultList<SlackFault, string>;

/** Injected faults, by method. Throws for what Slack would never do, so that nothing is proven against it. */
export function createFaults(): Faults {
  const faults: Faults = createFaultList(({ method }, called) => method === called);
  return {
    ...faults,
    inject(fault) {
      if (!methodSpecOf(fault.method)) throw new Error(`${fault.method} is no method of the emulator`);
      if (fault.kind === 'error' && !isDocumentedError(fault.method, fault.error)) {
        throw new Error(`${fault.method} never answers ${fault.error}`);
      }
      return faults.inject(fault);
    },
  };
}
