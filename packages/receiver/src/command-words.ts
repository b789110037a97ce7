import { abilityWords, explainWords } from '@vera/protocol/ability-words';
import type { Command, CommandWish } from '@vera/protocol/command';
import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { outsiderWords } from '@vera/slack/outsider-words';
import type { FollowUps } from './judge-follow-up.ts';

/** What Vera can do where the command was given, in Slack's mark-up. */
export function helpWords({ name }: Command, followUps: FollowUps): string {
  const vera = botNameOf(name);
  return [
    '*What I can do here*',
    `• *Answer questions*: in a channel that I am in, write \`@${vera}\` and your question: the answer comes in a thread, and says where it is from. In a direct message to me, just write.`,
    `• *Go on*: ${writeOnWords(followUps)}`,
    '• *Look things up* in the knowledge and the tools of your company.',
    abilityWords.files,
    abilityWords.charts,
    abilityWords.large,
    '• *Change something*, such as opening a ticket: only as you, with your own account, and only after you approved a card that shows all of it.',
    abilityWords.stop,
    explainWords(vera),
    '',
    'My home tab says what of this there is for you, and whether I remember things.',
    '',
    '*What you can write after the command*',
    `• \`${name} connect\`: a private link to see, connect and disconnect your own accounts`,
    `• \`${name} status\`: what of yours I am working on, and which accounts are connected`,
    `• \`${name} memory\`: what I remember of you, to search, forget, pause or take with you`,
    `• \`${name} forget\`: what I keep of you, and how it goes away`,
    '',
    // Who gives a command may be anybody: it does not say, and the receiver has no key to ask.
    outsiderWords,
  ].join('\n');
}

function writeOnWords(followUps: FollowUps): string {
  switch (followUps) {
    case 'mention':
      return 'in the thread, mention me again.';
    case 'asker':
      return 'in the thread, just write on: for half an hour whoever asked last needs no mention, unless somebody else wrote in between.';
    case 'thread':
      return 'in the thread, just write on: for half an hour after an answer nobody needs a mention.';
  }
}

/** For what is no word of the command, most likely a question: it would stand nowhere, so there is no thread to answer in. */
export function howToAskWords({ name, text }: Command): string {
  const question = escapeText(shorten(text.replace(/`/g, "'"), textLimits.textObject / 2));
  return [
    `I answer in a thread, and a command has none. Send this in a channel that I am in, or to me directly:`,
    `\`\`\`@${botNameOf(name)} ${question}\`\`\``,
    `\`${name} help\` says what else I can do. ${outsiderWords}`,
  ].join('\n');
}

export function oneMomentWords(word: CommandWish): string {
  switch (word) {
    case 'connect':
      return 'One moment: I am looking which accounts you can connect.';
    case 'status':
      return 'One moment: I am looking how things stand.';
    case 'memory':
      return 'One moment: I am looking what I remember of you.';
    case 'forget':
      return 'One moment: I am looking what I keep of you.';
  }
}

export function notNowWords({ name }: Command): string {
  return `I could not look that up just now. Please try \`${name}\` again in a minute; if it stays like that, tell the team that runs me.`;
}

/** As the command spells it: it is named after the bot, and no command says how that is spelt. */
function botNameOf(name: string): string {
  return name.slice(1).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
