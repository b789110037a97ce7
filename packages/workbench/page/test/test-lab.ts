import { type Lab, type LabFault, type LabState, NothingToBreak } from '../src/lab.ts';

/** A lab of one story and one fault for each state. */
export function createTestLab(): Lab {
  const listeners = new Set<(state: LabState) => void>();
  const stories = [{ id: 'twice', title: 'Slack delivers twice', seen: 'One answer, in one message.' }];
  const seen = 'DynamoDB answers nobody.';
  let faults: readonly LabFault[] = [
    { id: 'kill', part: 'Container', label: 'Kill it', seen: 'It dies without a word, and another one goes on.', state: 'armed' },
    { id: 'freeze', part: 'Container', label: 'Freeze it', seen: 'When it wakes, it writes nothing more.', state: 'on' },
    { id: 'ledger', part: 'Services', label: 'Take the ledger away', seen, state: 'off' },
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
      faults = faults.map((fault) => (fault.id === id ? { ...fault, state: fault.state === 'off' ? 'on' : 'off' } : fault));
      for (const listener of listeners) listener(stateNow());
    },
    play: (story) => ({ channel: 'C0OPS', ts: story }),
  };
}
