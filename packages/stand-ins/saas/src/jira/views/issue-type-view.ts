import type { IssueType } from '../issue-options.ts';

export function toIssueTypeView({ id, name, subtask, level }: IssueType): object {
  return { id, name, subtask, hierarchyLevel: level };
}
