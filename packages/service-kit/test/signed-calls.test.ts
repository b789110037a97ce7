import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Answer, listen } from '@vera/stand-in-kit/listen';
import { describe, expect, it } from 'vitest';
import { createInvokeLater } from '../src/invoke-later.ts';
import { signedSecrets } from '../src/read-secrets.ts';
import { type AwsEnv, AwsError, type AwsPost, createSignedCalls, type SignedCallsParams } from '../src/signed-calls.ts';
import { verifiedSignature } from './verified-signature.ts';

const keys = { AWS_REGION: 'eu-north-1', AWS_ACCESS_KEY_ID: 'tester', AWS_SECRET_ACCESS_KEY: 'hush-hush' };
const read: AwsPost = { service: 'dynamodb', headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' }, body: '{}' };
const arn = 'arn:aws:lambda:eu-north-1:000000000000:function:vera-invoker';

function calls(env: Partial<AwsEnv>, { timeout = 1_000, maxAttempts = 3 }: Partial<SignedCallsParams> = {}) {
  const pauses: number[] = [];
  const wait = async (milliseconds: number) => void pauses.push(milliseconds);
  return { call: createSignedCalls({ env: { ...keys, ...env }, timeout, maxAttempts, wait }), pauses };
}

/** A service that answers with these, one after the other, the last one for ever; `cut`: the line breaks. */
async function service(...answers: readonly ((() => Response) | 'cut')[]) {
  const asked: { readonly at: string | null; readonly port: number | undefined }[] = [];
  const server = await listen(async (request, { incoming }) => {
    await request.text();
    asked.push({ at: request.headers.get('x-amz-date'), port: incoming.socket.remotePort });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer !== 'cut' && answer) return answer();
    incoming.socket.destroy();
    return new Response(null);
  });
  return { ...server, asked, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const refusal =
  (status: number, type: string, headers: HeadersInit = {}) =>
  () =>
    Response.json({ __type: `com.amazon.coral.service#${type}`, message: 'No' }, { status, headers });
/** `20261123T100000Z`, in milliseconds. */
const signedAt = (date: string | null) => Date.parse((date ?? '').replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
const fine = () => Response.json({});

describe('the signature of a call', () => {
  const seen: ReturnType<typeof verifiedSignature>[] = [];
  const verify: Answer = async (request, { incoming }) => {
    seen.push(verifiedSignature(incoming, await request.text(), keys.AWS_SECRET_ACCESS_KEY));
    return Response.json({}, { status: 202 });
  };

  it('is what AWS computes, with the token of temporary credentials, whatever is in path and query', async () => {
    await using server = await listen(verify);
    const { call } = calls({ AWS_SESSION_TOKEN: 'temporary', AWS_ENDPOINT_URL: server.url });
    await call(read);
    await createInvokeLater(call, arn)({ text: 'Wer hat Bereitschaft? 🌙' });
    const path = `/runtimes/${encodeURIComponent(arn)}/invocations`;
    await call({ service: 'bedrock-agentcore', path, query: { qualifier: 'DEFAULT' }, headers: {}, body: '{"a":1}' });
    await signedSecrets(call)('vera');
    expect(seen.splice(0)).toEqual(
      ['dynamodb', 'lambda', 'bedrock-agentcore', 'secretsmanager'].map((name) => ({
        isGood: true,
        region: 'eu-north-1',
        service: name,
        names: expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']),
      })),
    );
  });

  it('is looked at in the way in which that of the SDK is good, and a wrong one is not', async () => {
    await using server = await listen(verify);
    const credentials = { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY };
    const client = new LambdaClient({ endpoint: server.url, region: 'eu-north-1', credentials });
    await client.send(new InvokeCommand({ FunctionName: arn, InvocationType: 'Event', Payload: '{"a":1}' }));
    client.destroy();
    await calls({ AWS_ENDPOINT_URL: server.url, AWS_SECRET_ACCESS_KEY: 'another' }).call(read);
    expect(seen.splice(0).map(({ isGood }) => isGood)).toEqual([true, false]);
  });
});

describe('where a call goes', () => {
  it('is the endpoint of its service, or else the one for all', async () => {
    await using own = await service(fine);
    await using all = await service(fine);
    const { call } = calls({ AWS_ENDPOINT_URL: all.url, AWS_ENDPOINT_URL_LAMBDA: own.url });
    await createInvokeLater(call, 'invoker')({});
    await call(read);
    expect([own.asked.length, all.asked.length]).toEqual([1, 1]);
  });

  it('is AWS in our region when nothing else is said', async () => {
    const { call } = calls({ AWS_REGION: 'nowhere-1' }, { maxAttempts: 1 });
    await expect(call(read)).rejects.toThrow('No answer from dynamodb.nowhere-1.amazonaws.com');
  });

  it('is spoken to by TLS where the endpoint says so', async () => {
    const first: number[] = [];
    const server = createServer((socket) =>
      socket.once('data', ([byte = 0]) => {
        first.push(byte);
        socket.destroy();
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address() as { readonly port: number };
    const { call } = calls({ AWS_ENDPOINT_URL: `https://127.0.0.1:${address.port}` }, { maxAttempts: 1 });
    await expect(call(read)).rejects.toMatchObject({ name: 'TimeoutError' });
    server.close();
    const handshake = 0x16;
    expect(first).toEqual([handshake]);
  });
});

describe('a call that goes wrong', () => {
  it.each([
    ['throttled', refusal(400, 'ThrottlingException')],
    ['throttled by DynamoDB', refusal(400, 'ProvisionedThroughputExceededException')],
    ['asked for less', refusal(429, 'TooManyRequestsException')],
    ['failed there', () => new Response('<html>Bad gateway</html>', { status: 502 })],
    ['unavailable', refusal(503, 'ServiceUnavailable')],
    ['cut off', 'cut' as const],
  ])('is made again when it was %s, and no more often than said', async (_, answer) => {
    await using server = await service(answer, answer, fine);
    expect(await calls({ AWS_ENDPOINT_URL: server.url }).call(read)).toBe('{}');
    expect(server.asked).toHaveLength(3);
    await using always = await service(answer);
    const { call, pauses } = calls({ AWS_ENDPOINT_URL: always.url });
    await expect(call(read)).rejects.toBeInstanceOf(AwsError);
    expect(always.asked).toHaveLength(3);
    expect(pauses).toHaveLength(2);
  });

  it('is not made again when it was refused', async () => {
    await using server = await service(refusal(400, 'ConditionalCheckFailedException'));
    const failed = calls({ AWS_ENDPOINT_URL: server.url }).call(read);
    await expect(failed).rejects.toMatchObject({ code: 'aws', name: 'ConditionalCheckFailedException', status: 400, message: 'No' });
    expect(server.asked).toHaveLength(1);
  });

  it('ends when no answer comes, also when it began to', async () => {
    for (const silent of [
      () => new Promise<Response>(() => {}),
      () => new Response(new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(9)) })),
    ]) {
      let asked = 0;
      await using server = await listen(() => {
        asked += 1;
        return silent();
      });
      const { call } = calls({ AWS_ENDPOINT_URL: server.url }, { timeout: 60, maxAttempts: 2 });
      const started = performance.now();
      await expect(call(read)).rejects.toMatchObject({ name: 'TimeoutError' });
      expect(asked).toBe(2);
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });

  it('ends when the other side changes the protocol instead of answering', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { call } = calls({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }, { timeout: 60, maxAttempts: 1 });
    await expect(call(read)).rejects.toMatchObject({ name: 'TimeoutError' });
    server.close();
  });

  it.each([
    [
      'a REST service, whose header has an address behind the name',
      { headers: { 'x-amzn-errortype': 'ResourceNotFoundException:http://internal.amazon.com/' } },
    ],
    ['a JSON service, whose body has a namespace before it', { body: '{"__type":"com.amazonaws#ResourceNotFoundException"}' }],
  ])('is named by %s', async (_, { headers = {}, body = '{}' }: { headers?: HeadersInit; body?: string }) => {
    await using server = await service(() => new Response(body, { status: 404, headers }));
    await expect(calls({ AWS_ENDPOINT_URL: server.url }).call(read)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  });

  it('because our clock is wrong is signed by the clock of AWS from then on', async () => {
    const theirs = new Date(Date.now() + 3_600_000);
    const date = { date: theirs.toUTCString() };
    const inTime = () => Response.json({}, { headers: date });
    await using server = await service(refusal(400, 'InvalidSignatureException', date), inTime);
    const { call } = calls({ AWS_ENDPOINT_URL: server.url });
    await call(read);
    await call(read);
    const ahead = server.asked.map(({ at }) => Math.round((signedAt(at) - Date.now()) / 60_000) + 0);
    expect(ahead).toEqual([0, 60, 60]);
  });
});

it('keeps its connection for the next call', async () => {
  await using server = await service(fine);
  const { call } = calls({ AWS_ENDPOINT_URL: server.url });
  for (let made = 0; made < 3; made += 1) await call(read);
  expect(new Set(server.asked.map(({ port }) => port)).size).toBe(1);
});
