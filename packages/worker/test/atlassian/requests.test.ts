import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pathOf } from '../../src/atlassian/client/atlassian-client.ts';
import { createRequests } from '../../src/atlassian/client/requests.ts';

const times = { readMilliseconds: 20_000, changeMilliseconds: 20_000, waitMilliseconds: 0 };
const request = { product: 'jira', siteId: 's/../t', token: 'secret', path: '/x', schema: z.unknown() } as const;

describe('a request', () => {
  it('follows no redirect: the token goes to nobody else', async () => {
    const visits: string[] = [];
    await using elsewhere = await listen(({ url }) => {
      visits.push(url);
      return Response.json({});
    });
    await using door = await listen(() => new Response(null, { status: 307, headers: { location: elsewhere.url } }));
    const { read, change } = createRequests({ ...times, apiUrl: door.url, fetch });
    const signal = new AbortController().signal;
    await expect(read({ ...request, method: 'GET', signal })).rejects.toMatchObject({ code: 'tool' });
    await expect(change({ ...request, method: 'POST', body: {}, signal })).rejects.toMatchObject({ code: 'uncertain-change' });
    expect(visits).toEqual([]);
  });

  it('stops reading where an answer gets too long, long before its time is up', async () => {
    let sent = 0;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          sent += 1_000_000;
          controller.enqueue(new Uint8Array(1_000_000));
        },
      });
    await using door = await listen(() => new Response(endless()));
    const { read } = createRequests({ ...times, apiUrl: door.url, fetch });
    await expect(read({ ...request, method: 'GET', signal: AbortSignal.timeout(10_000) })).rejects.toMatchObject({ code: 'tool' });
    expect(sent).toBeLessThan(40_000_000);
  });

  it('keeps the id of a site within its place', async () => {
    const paths: string[] = [];
    await using door = await listen(({ url }) => {
      paths.push(new URL(url).pathname);
      return Response.json({});
    });
    await createRequests({ ...times, apiUrl: door.url, fetch }).read({ ...request, method: 'GET', signal: new AbortController().signal });
    expect(paths).toEqual(['/ex/jira/s%2F..%2Ft/x']);
  });
});

describe('a path', () => {
  it('keeps what is put into it within its segment', () => {
    expect(pathOf`/issue/${'PAY-1/../x?y#z'}/comment`).toBe('/issue/PAY-1%2F..%2Fx%3Fy%23z/comment');
  });

  it.each(['', '.', '..', 'x'.repeat(301)])('has no segment %j', (segment) => {
    expect(() => pathOf`/issue/${segment}`).toThrow('is no id or key');
  });
});
