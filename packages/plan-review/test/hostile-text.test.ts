import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../src/json/json.ts';
import { marker } from '../src/review/review-plans.ts';
import { hasSecretShape } from '../src/secrets/secret-shapes.ts';
import { code, words } from '../src/words/markdown.ts';
import { commentOn } from './comment-on.ts';
import { type ChangeJson, policyJson } from './plan-json.ts';

/** What a code span shows, by CommonMark's rules; undefined where the text is not one code span from end to end. */
function spanned(markdown: string): string | undefined {
  const [, fence = '', content = ''] = /^(`+)([\s\S]*?)(?<!`)\1(?!`)$/.exec(markdown) ?? [];
  if (fence === '' || content.includes('\n')) return undefined;
  return /^ .*[^ ].* $|^ `.* $/.test(content) ? content.slice(1, -1) : content;
}

const nasty = fc.oneof(
  fc.constantFrom(
    '`',
    '``',
    '@team',
    '<b>',
    '</details>',
    marker,
    '<!--',
    '-->',
    '\n',
    '\r\n\r\n## x',
    '|',
    '*',
    '[a](http://b)',
    '\u202e',
    ' ',
    '#12',
    '\\',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const nastyText = fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join(''));

it('puts any text into one code span, on one line, that no text ends', () => {
  fc.assert(
    fc.property(nastyText, (text) => {
      // What looks like a key is not shown at all.
      fc.pre(!hasSecretShape(text));
      const shown = spanned(code(text));
      expect(shown).toBeDefined();
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]|<!--/u);
    }),
  );
});

it('parts no character where it shortens', () => {
  for (const before of ['', 'x']) expect(code(before + '🎉'.repeat(500))).toMatch(/^`x?🎉+…🎉+`$/u);
});

it('leaves a harmless text readable, and only words outside of a code span', () => {
  expect(code('vera-ledger')).toBe('`vera-ledger`');
  expect(code('a`b')).toBe('``a`b``');
  expect(code('`')).toBe('`` ` ``');
  expect(code('')).toBe('`""`');
  expect(code('a\nb\u202ec')).toBe('`a\\nb\\u{202e}c`');
  expect(code('x'.repeat(500)).length).toBeLessThan(150);
  expect(words('lock file')).toBe('lock file');
  for (const text of ['@team', 'GH-12', 'www.a.b', 'a_b', '#1', '<b>', '']) expect(words(text)).toMatch(/^`/);
});

/** A comment without its code spans: what is left is ours. */
function outsideSpans(comment: string): string {
  return comment.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}

it('lets nothing that a plan says out of its code spans', () => {
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 9, maxLength: 9 }), fc.constantFrom('create', 'update', 'delete'), (texts, action) => {
      const [name = '', type = '', key = '', before = '', after = '', principal = '', resource = '', path = '', output = ''] = texts;
      const policy = (given: string) =>
        policyJson({
          Principal: { AWS: [principal, given] },
          Action: `s3:${given}`,
          Resource: resource,
          Condition: { [given]: { [key]: given } },
        });
      const values = (given: string): Json => ({
        name: given + name,
        [`k${key}`]: given,
        list: [{ a: given }],
        policy: policy(given),
        triggers: { tag: given, [key]: given },
      });
      const types = [`t${type}`, 'aws_iam_role_policy', 'aws_dynamodb_table', 'aws_iam_role', 'null_resource', 'aws_lambda_permission'];
      const changes = types.map(
        (one): ChangeJson => ({
          type: one,
          name,
          actions: [action],
          before: values(before),
          after: values(after),
          change: { replace_paths: [[path]] },
          rest: { previous_address: name },
        }),
      );
      const rest = {
        output_changes: { [output]: { actions: ['update'], before, after } },
        checks: [{ status: 'fail', address: { to_display: name }, instances: [{ problems: [{ message: after }] }] }],
      };
      const comment = commentOn(changes, rest);
      const ours = outsideSpans(comment);
      expect(ours.match(/<!--|-->/g)?.length).toBe(2);
      expect(ours).not.toMatch(/@|\]\(|\\|<b>/);
      expect(comment.split('\n')[0]).toBe(marker);
      expect(ours.match(/<details>/g)?.length).toBe(ours.match(/<\/details>/g)?.length);
      expect(ours).toMatch(/^[\x20-\x7e\n→×]*$/);
    }),
    { numRuns: 150 },
  );
});
