import { type Json, listOf, memberOf, textOf } from './json.ts';

/** The `statement` blocks of a data source `aws_iam_policy_document`, in the form of a policy document. */
export function documentOfBlocks(blocks: Json | undefined): Json {
  return { Statement: listOf(blocks).map(statementOf) };
}

const lists = { actions: 'Action', resources: 'Resource', not_actions: 'NotAction', not_resources: 'NotResource' };
const principals = { principals: 'Principal', not_principals: 'NotPrincipal' };

function statementOf(block: Json): Json {
  const filled = Object.entries(lists).flatMap(([name, key]) => {
    const texts = listOf(memberOf(block, name));
    return texts.length === 0 ? [] : [[key, texts] as const];
  });
  const named = Object.entries(principals).flatMap(([name, key]) => {
    const given = listOf(memberOf(block, name));
    return given.length === 0 ? [] : [[key, gathered(given, 'type', 'identifiers')] as const];
  });
  const tests = Map.groupBy(listOf(memberOf(block, 'condition')), (condition) => textOf(memberOf(condition, 'test')) ?? '');
  return {
    Effect: memberOf(block, 'effect') ?? 'Allow',
    ...Object.fromEntries([...filled, ...named]),
    Condition: Object.fromEntries([...tests].map(([test, conditions]) => [test, gathered(conditions, 'variable', 'values')])),
  };
}

/** Several blocks of one type, or about one variable, count together. */
function gathered(blocks: readonly Json[], name: string, values: string): Record<string, readonly Json[]> {
  const groups = Map.groupBy(blocks, (block) => textOf(memberOf(block, name)) ?? '');
  return Object.fromEntries([...groups].map(([key, members]) => [key, members.flatMap((member) => listOf(memberOf(member, values)))]));
}
