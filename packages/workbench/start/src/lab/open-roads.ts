import type { Road } from '@vera/page/road';
import { roadEnds } from '@vera/page/road-ends';

export interface OpenRoads extends Disposable {
  /** Whether a container works on a question, as far as the roads tell. */
  readonly isAtWork: boolean;
  /** Puts what the lab did on the road of every question that has not ended. */
  note(event: 'lab.struck' | 'lab.mended', what: string): void;
}

/** The roads of the questions that have not ended. `inForce`: what a new one begins under. */
export function watchOpenRoads(road: Road, inForce: () => readonly string[]): OpenRoads {
  const open = new Map<string, 'at work' | 'waiting'>();
  const write = (question: string, event: string, what: string) => {
    const level = event === 'lab.struck' ? 'warn' : 'info';
    road.add({ component: 'lab', line: JSON.stringify({ time: new Date().toISOString(), level, service: 'lab', event, question, what }) });
  };
  const end = road.onEvent(({ question, event }) => {
    if (question === undefined) return;
    if (roadEnds.has(event)) open.delete(question);
    else if (event === 'question.let-go') open.set(question, 'waiting');
    else if (event === 'question.leased') open.set(question, 'at work');
    else if (event === 'question.recorded') {
      open.set(question, 'waiting');
      // After the others were told of the question itself.
      queueMicrotask(() => {
        for (const what of inForce()) write(question, 'lab.struck', what);
      });
    }
  });
  return {
    get isAtWork() {
      return [...open.values()].includes('at work');
    },
    note(event, what) {
      for (const question of open.keys()) write(question, event, what);
    },
    [Symbol.dispose]: end,
  };
}
