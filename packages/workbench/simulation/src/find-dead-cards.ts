import { decisionActionIds, readDecisionValue } from '@vera/protocol/decision';
import { type ChangesOfMind, effectOf } from './changes-of-mind.ts';
import { buttonsIn, type FakeSlack } from './fakes/fake-slack.ts';
import type { TableModel } from './table/table-model.ts';

interface Shown {
  readonly minds: ChangesOfMind;
  readonly slack: FakeSlack;
  readonly table: TableModel;
}

/** Cards of which somebody can still press a button, though nobody wants any more what they propose. */
export function findDeadCards({ minds, slack, table }: Shown): readonly string[] {
  return table.items.flatMap(({ changes, question }) => {
    const buttons = slack.thread(question?.M?.threadTs?.S ?? '').flatMap(buttonsIn);
    return Object.entries(changes?.M ?? {}).flatMap(([id, { M: change }]) => {
      const isShown = buttons.some(
        ({ action_id, value }) => action_id === decisionActionIds.approve && readDecisionValue(value)?.change === id,
      );
      const why = isShown ? minds.whyDead(effectOf(change)) : undefined;
      return why === undefined ? [] : [`${effectOf(change).name} has a card that waits, and ${why}`];
    });
  });
}
