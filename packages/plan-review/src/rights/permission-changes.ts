import { inOrder } from '../json/in-order.ts';
import type { Plan } from '../plan/plan.ts';
import { type ArnContext, arnWords } from '../words/arn-words.ts';
import { attachmentLines } from './attachment-lines.ts';
import { grantDifferences } from './grant-differences.ts';
import { grantRows, grantWords, type PermissionLine } from './grant-words.ts';
import { permissionSubjects, type Subject } from './permission-subjects.ts';
import { createHolders, type PolicyHolder } from './policy-places.ts';

/** What one role may do from now on, or who may use one resource. */
export type PermissionChange = {
  /** Markdown. */
  readonly name: string;
  readonly state: PolicyHolder['state'];
  readonly lines: readonly PermissionLine[];
};

export function permissionChanges(plan: Plan, context: Context): PermissionChange[] {
  const subjects = Map.groupBy(permissionSubjects(plan, context), ({ name }) => name);
  const attachments = attachmentLines(plan, createHolders(plan, context), context);
  const names = [...new Set([...subjects.keys(), ...attachments.keys()])].sort(inOrder);
  return names.flatMap((name) => {
    const own = subjects.get(name) ?? [];
    const lines = [...own.flatMap((subject) => linesOf(subject, context)), ...(attachments.get(name) ?? [])];
    return lines.length === 0 ? [] : [{ name, state: own[0]?.state ?? 'there', lines }];
  });
}

function linesOf(subject: Subject, context: Context): PermissionLine[] {
  const account = context.surroundings.home?.account;
  const rows = grantRows(grantDifferences(subject.before, subject.after));
  const named = (text: string) => arnWords(text, { ...context, module: subject.module });
  const lines = rows.map((row) =>
    grantWords(row, { kind: subject.kind, isNew: subject.state === 'new', named, self: subject.name, account }),
  );
  return [...lines, ...subject.remarks.map((text) => ({ text, isWide: true, reasons: ['not compared'] }))];
}

type Context = Omit<ArnContext, 'module'>;
