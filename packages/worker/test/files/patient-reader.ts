import { createReadInChild, type ReadInChild } from '../../src/files/read-in-child.ts';

/** A machine that runs all tests may be ten times as slow as an idle one. */
export function patientReader(): ReadInChild {
  return createReadInChild({ milliseconds: 40_000 });
}
