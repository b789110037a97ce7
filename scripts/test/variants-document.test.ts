import { describe, expect, it } from 'vitest';
import { isWhole, rowOf, variantsDocument } from '../variants/variants-document.ts';

const passed = `ok   storage          validate    4.2 s
ok   storage          plan        5.1 s Plan: 11 to add, 0 to change, 0 to destroy.
ok   storage          apply      15.6 s Apply complete! Resources: 11 added, 0 changed, 0 destroyed.
ok   storage          re-plan     7.6 s nothing to change
ok   worker           validate    4.3 s
ok   worker           plan       12.5 s Plan: 7 to add, 0 to change, 0 to destroy.
ok   worker           apply      12.5 s Apply complete! Resources: 7 added, 0 changed, 0 destroyed.
ok   worker           re-plan    12.5 s nothing to change
ok   worker           destroy     2.5 s Plan: 0 to add, 0 to change, 7 to destroy.
ok   storage          destroy           refused: protected from deletion (3)
all 2 stacks passed (apply)
`;
const row = (said: string) => rowOf('trial', 'as it ships', ['storage', 'worker'], said);

describe('what Terraform made of a variant', () => {
  it('is whole when each stack came through each step, or is protected from deletion', () => {
    expect(row(passed)).toEqual({
      name: 'trial',
      about: 'as it ships',
      stacks: 2,
      resources: 18,
      validated: 2,
      planned: 2,
      applied: 2,
      unchanged: 2,
      destroyed: 1,
      refused: 1,
    });
    expect(isWhole(row(passed))).toBe(true);
  });

  it.each(passed.trim().split('\n').slice(0, -1))('is not whole where this failed, or was never said: %s', (line) => {
    expect(isWhole(row(passed.replace(line, line.replace('ok  ', 'FAIL'))))).toBe(false);
    expect(isWhole(row(passed.replace(`${line}\n`, '')))).toBe(false);
  });

  it('is not whole where a second plan wants something, or nothing ran', () => {
    expect(isWhole(row(passed.replace('nothing to change', 'the second plan still wants:')))).toBe(false);
    expect(isWhole(row(''))).toBe(false);
    expect(isWhole(rowOf('trial', '', [], passed))).toBe(false);
  });

  it('is what came the second time, where the check began once more', () => {
    expect(isWhole(row(`${passed}!! Once more\n`))).toBe(false);
    expect(isWhole(row(`FAIL storage          apply      15.6 s\n!! Once more\n${passed}`))).toBe(true);
  });
});

describe('docs/variants.md', () => {
  it('keeps the line of a variant that did not run, and none of one that is gone', () => {
    const first = variantsDocument(
      '',
      [row(passed), { ...row(passed), name: 'cognito' }, { ...row(passed), name: 'gone' }],
      ['trial', 'cognito', 'gone'],
    );
    expect(first).toContain('\n| trial | as it ships | 2 | 18 | 2 | 2 | 2 | 2 | 1; 1 protected |\n| cognito |');
    const second = variantsDocument(first, [{ ...row(passed), resources: 19, refused: 0, destroyed: 2 }], ['trial', 'cognito']);
    expect(second).toContain('\n| trial | as it ships | 2 | 19 | 2 | 2 | 2 | 2 | 2 |\n| cognito | as it ships | 2 | 18 |');
    expect(second).not.toContain('gone');
  });
});
