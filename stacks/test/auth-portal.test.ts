import { describe, expect, it } from 'vitest';
import { production, trial } from './example-settings.ts';
import { synthesise } from './synthesised.ts';

describe.each([
  ['trial', trial],
  ['production', production],
] as const)('the auth portal of %s', (environment, settings) => {
  const { stacks, files } = synthesise(settings, environment);
  const first = (stack: string, type: string) => Object.values(stacks.get(stack)?.resource[type] ?? {})[0];

  it('hands questions to the very invoker that a later stack makes, and may invoke no other function', () => {
    const name = first('invoker', 'aws_lambda_function')?.function_name;
    expect(name).toMatch(/-vera-invoker$/);
    expect(first('auth-portal', 'aws_lambda_function')?.environment).toMatchObject({ variables: { INVOKER_FUNCTION: name } });
    const { Statement } = JSON.parse(String(first('auth-portal', 'aws_iam_role_policy')?.policy)) as {
      Statement: { Action: string[]; Resource: string[] }[];
    };
    expect(Statement.filter(({ Action }) => Action.some((action) => action.startsWith('lambda:')))).toEqual([
      expect.objectContaining({
        Action: ['lambda:InvokeFunction'],
        Resource: [`arn:aws:lambda:${settings.region}:${settings.account}:function:${name}`],
      }),
    ]);
  });

  it('is deployed before the invoker all the same', () => {
    const manifest = JSON.parse(String(files.get('manifest.json'))) as { stacks: Record<string, { dependencies: string[] }> };
    expect(manifest.stacks['auth-portal']?.dependencies).toEqual(['storage']);
  });
});
