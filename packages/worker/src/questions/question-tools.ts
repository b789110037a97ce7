import type { WriteGate } from '../changes/write-gate.ts';
import type { HelperName } from '../delegation/delegated-task.ts';
import type { ToolOffer } from '../mcp/tool-servers.ts';
import { shelved } from '../tables/shelved.ts';
import { connectAccounts } from '../tools/connect-accounts.ts';
import { fitTools } from '../tools/fit-tools.ts';
import type { PersonTool } from '../tools/person-tool.ts';
import type { Tool } from '../tools/tool.ts';
import type { Story } from './story.ts';

export interface OfferedTools {
  readonly own: () => readonly Tool[];
  readonly offer: ToolOffer;
  readonly gate: WriteGate | undefined;
}

/** What the model that answers is shown. Ours are always before it; those of other systems may be too many. */
export function answerTools(story: Story, offered: OfferedTools, helping: readonly Tool[]): readonly Tool[] {
  const { always, others } = toolsOf(story, offered);
  return fitTools({ always: [...always, ...helping], others, about: aboutOf(story) });
}

/** All of which a helper may be given some: none of them leads to another helper. */
export function toolsForHelper(story: Story, offered: OfferedTools, helper: HelperName): readonly Tool[] {
  const { always, others } = toolsOf(story, offered, helper);
  return [...always, ...others].filter(({ isForAnswer }) => !isForAnswer);
}

/** Whatever acts as a person goes through the gate, whoever wants it. */
function toolsOf({ question, tables }: Story, { own, offer, gate }: OfferedTools, helper?: HelperName) {
  const { tools, ownTools, personTools } = offer;
  const asPerson = (tool: PersonTool) => (gate ? [shelved(tables, gate.toTool(tool, helper))] : []);
  const connect = gate ? [connectAccounts({ sendLink: () => gate.accounts.sendLink(question) })] : [];
  return {
    always: [...own(), ...ownTools, ...(gate?.accounts.tools ?? []).flatMap(asPerson), ...connect],
    others: [...tools, ...personTools.flatMap(asPerson)],
  };
}

/** A short question is about what was said just before. */
function aboutOf({ question, messages }: Story): string {
  const before = messages.filter(({ ts }) => ts < question.messageTs).slice(-2);
  return [question.text, ...before.map((message) => message.text ?? '')].join('\n');
}
