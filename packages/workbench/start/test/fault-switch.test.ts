import { expect, test } from 'vitest';
import { FaultSwitch } from '../src/lab/fault-switch.ts';
import type { Fault } from '../src/lab/lab-faults.ts';

const one = { id: 'ledger-away', part: 'Services', label: 'Take the ledger away', seen: 'Nothing can be noted.' };

function switched(fault: Pick<Fault, 'strike'> & Partial<Fault>) {
  const told: string[] = [];
  const states: string[] = [];
  const button: FaultSwitch = new FaultSwitch(
    { ...one, ...fault },
    {
      onChange: () => void states.push(`${button.state}: ${button.words}`),
      onStrike: (what) => void told.push(`struck ${what}`),
      onMend: (what) => void told.push(`mended ${what}`),
    },
  );
  return { button, told, states };
}

test('what cannot be struck says why, where it was pressed, and may be pressed again', async () => {
  let tries = 0;
  const strike = () => {
    tries += 1;
    if (tries === 1) throw new Error('the ledger does not answer');
    return () => undefined;
  };
  const { button, told, states } = switched({ strike });
  button.toggle();
  await expect.poll(() => button.state).toBe('failed');
  expect(button.words).toBe('It failed: the ledger does not answer');
  expect(told).toEqual([]);
  button.toggle();
  await expect.poll(() => button.state).toBe('done');
  button.end();
  await expect.poll(() => button.state).toBe('off');
  expect(states.at(-1)).toBe('off: ');
});

test('what cannot be mended says so', async () => {
  const mend = () => {
    throw new Error('no such container');
  };
  const { button } = switched({ strike: () => mend, seconds: 0.01 });
  button.toggle();
  await expect.poll(() => button.words).toBe('It failed: no such container');
});

test('is named with how long it lasts this time, not with what is usual', async () => {
  const { button, told, states } = switched({ strike: () => () => undefined, seconds: 10 });
  button.strike(0.05);
  await expect.poll(() => button.state).toBe('off');
  expect(told).toEqual([
    'struck Services: Take the ledger away for 0.05 seconds',
    'mended Services: Take the ledger away for 0.05 seconds',
  ]);
  expect(states).toContain('on: Broken for 0.05 seconds; press to mend it now');
});

test('what waits is called off, and then strikes nothing', async () => {
  let isCalledOff = false;
  const callOff = () => {
    isCalledOff = true;
  };
  const { button, told } = switched({ strike: () => undefined, waitsFor: 'the next call of the model', callOff });
  button.toggle();
  expect(button.words).toBe('Waits for the next call of the model; press to call it off');
  button.toggle();
  await expect.poll(() => button.state).toBe('off');
  expect([isCalledOff, told]).toEqual([true, []]);
});
