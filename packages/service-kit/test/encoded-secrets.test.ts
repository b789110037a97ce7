import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withoutAnySecret } from '../src/secret-texts.ts';
import { loggedLines } from './logged-lines.ts';

const packed = (text: string) => Buffer.from(text).toString('base64');
const token = 'xoxb-123-456-abcDEFghi';

describe('D29 what a log line never holds, however it is written', () => {
  it.each([
    ['alone', packed(token)],
    ['for addresses', Buffer.from(`??>>${token}`).toString('base64url')],
    ['of a sentence', packed(`my token is gh${'p_'}Zq7Rk2Lx9Vw4Tn6BZq7Rk2Lx9Vw4Tn6B, keep it`)],
    ['of JSON', packed('{"auths":{"ghcr.io":{"password":"s3cr3t-Value"}}}')],
    ['of lines', packed('[default]\naws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n')],
    ['twice', packed(packed(token))],
    ['in a path', `v1/k/${packed(token)}`],
  ])('a key in base64, %s', (_, text) => {
    const { log, lines } = loggedLines();
    const last = text.split('/').at(-1) ?? '';
    log.info('said', { text: `it says ${text} there`, alone: text, asked: `https://a.example/x?d=${encodeURIComponent(text)}` });
    expect(lines[0]).not.toContain(last.slice(2, 30));
  });

  it.each([
    ['hyphens of JSON', String.raw`xoxb\u002d123\u002d456\u002ds3cr3tValue`],
    ['hyphens of HTML', 'xoxb&#45;123&#x2d;456&#45;s3cr3tValue'],
    ['letters of no width', 'xo\u200bxb-123-456-s3cr3t\u200dValue'],
    ['a signature by itself', 'said sig=s3cr3tValueS3cr3tValue; and more'],
    ['a parameter behind a space', 'a=b; sig=s3cr3tValue; c=d'],
  ])('a key with %s', (_, text) => {
    expect(withoutAnySecret(text)).not.toMatch(/s3cr3t/);
  });

  it.each([
    ['a digest', createHash('sha256').update('x').digest('hex')],
    ['a digest in base64', createHash('sha256').update('x').digest('base64')],
    ['words in base64', packed('The quick brown fox jumps over the lazy dog, twice.')],
    ['a picture', 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='],
    ['a path', '/app/packages/service-kit/src/secret-texts/createIntake/chunks'],
    ['a name', 'BedrockAgentCoreRuntimeSessionClientException'],
    ['an emoji of several people', 'well done 👩\u200d👩\u200d👧 and go on'],
    ['HTML', 'a &#38; b &#x3c; c'],
  ])('keeps %s', (_, text) => {
    expect(withoutAnySecret(text)).toBe(text);
  });

  it('takes time in proportion to what is written', () => {
    const taking = (text: string) => {
      const began = performance.now();
      withoutAnySecret(text);
      return performance.now() - began;
    };
    const run = `${packed('a line of words, and so on. '.repeat(20))}/`;
    taking(run);
    const least = (times: number) => Math.min(...Array.from({ length: 5 }, () => taking(run.repeat(times))));
    // Four times the text may take some ten times as long on a busy machine, not sixteen.
    expect(least(400) / least(100)).toBeLessThan(10);
  });
});
