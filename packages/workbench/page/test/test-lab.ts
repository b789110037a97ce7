import { type Lab, type LabFault, type LabState, NothingToBreak } from '../src/lab.ts';

/** A lab of one story and one fault for each state. */
export function createTestLab(): Lab {
  const listeners = new Set<(state: LabState) => void>();
  const stories = [{ id: 'twice', title: 'Slack delivers twice', seen: 'One answer, in one message.' }];
  const seen = 'DynamoDB answers nobody.';
  let faults: readonly LabFault[] = [
    {
      id: 'kill',
      part: 'Container',
      label: 'Kill it',
      seen: 'It dies without a word, and another one goes on.',
      state: 'armed',
      words: 'Waits for a question; press to call it off',
    },
    {
      id: 'freeze',
      part: 'Container',
      label: 'Freeze it',
      seen: 'When it wakes, it writes nothing more.',
      state: 'on',
      words: 'Broken for 15 seconds; press to mend it now',
    },
    { id: 'ledger', part: 'Services', label: 'Take the ledger away', seen, state: 'off', words: '' },
  ];
  const stateNow = () => ({ faults, stories });
  return {
    get state() {
      return stateNow();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    toggle(id) {
      if (!faults.some((fault) => fault.id === id)) throw new NothingToBreak(`There is no fault "${id}" here.`);
      const on = { state: 'on', words: 'Broken for 10 seconds; press to mend it now' } as const;
      const toggled = (fault: LabFault) => ({ ...fault, ...(fault.state === 'off' ? on : ({ state: 'off', words: '' } as const)) });
      faults = faults.map((fault) => (fault.id === id ? toggled(fault) : fault));
      for (const listener of listeners) listener(stateNow());
    },
    play: (story) => ({ channel: 'C0OPS', ts: story }),
  };
}
