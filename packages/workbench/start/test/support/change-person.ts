import { decisionActionIds } from '@vera/protocol/decision';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { createPortalVisitor } from './portal-visitor.ts';
import type { Asked, TestSystem } from './test-system.ts';

const patience = 60_000;

/** Somebody in Slack who is asked to connect an account, and to approve or deny. */
export function createChangePerson(system: TestSystem, userId: string) {
  const cards = ({ channel, threadTs }: Pick<Asked, 'channel' | 'threadTs'>): readonly SlackMessage[] =>
    system.slack.messages(channel, threadTs).filter(({ metadata }) => metadata?.event_type === 'vera_change');
  const hasButtons = (card: SlackMessage | undefined) => JSON.stringify(card?.blocks ?? []).includes(decisionActionIds.approve);
  const press = async (asked: Asked, verdict: 'approve' | 'deny'): Promise<void> => {
    await system.until(() => cards(asked).some(hasButtons), `a card in the thread of ${asked.id}`, patience);
    const card = cards(asked).find(hasButtons);
    await system.slack.click({
      user: userId,
      channel: asked.channel,
      messageTs: card?.ts ?? '',
      actionId: decisionActionIds[verdict],
      value: buttonValue(card, decisionActionIds[verdict]),
    });
  };
  return {
    cards,
    press,
    approves: (asked: Asked) => press(asked, 'approve'),
    denies: (asked: Asked) => press(asked, 'deny'),
    isAskedToConnect: () =>
      system.until(
        () => system.slack.ephemerals(userId).some(({ text }) => text.includes('open your accounts')),
        `a private link for ${userId}`,
        patience,
      ),
    async connects(): Promise<void> {
      const visitor = createPortalVisitor(system, userId);
      await visitor.signIn();
      await visitor.connect('atlassian', `712020:${userId.toLowerCase()}`);
    },
  };
}

function buttonValue(card: SlackMessage | undefined, actionId: string): string {
  const actions = card?.blocks?.find(({ type }) => type === 'actions');
  const buttons = (actions?.elements ?? []) as { readonly action_id: string; readonly value: string }[];
  return buttons.find(({ action_id }) => action_id === actionId)?.value ?? '';
}
