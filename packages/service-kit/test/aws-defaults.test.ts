import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { listen } from '@vera/stand-in-kit/listen';
import { describe, expect, it } from 'vitest';
import { awsDefaults } from '../src/aws-defaults.ts';

const place = { region: 'us-east-1', credentials: { accessKeyId: 'tester', secretAccessKey: 'none' } };
const read = new GetSecretValueCommand({ SecretId: 'vera/slack' });

describe('awsDefaults', () => {
  it('ends a call to a service that does not answer, after each of its tries', async () => {
    let asked = 0;
    await using silent = await listen(() => {
      asked += 1;
      return new Promise<Response>(() => {});
    });
    const client = new SecretsManagerClient({ ...awsDefaults(60, 2), ...place, endpoint: silent.url });
    await expect(client.send(read)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(asked).toBe(2);
    client.destroy();
  });

  it('keeps its connection for the next call', async () => {
    const ports = new Set<number | undefined>();
    await using server = await listen((_, { incoming }) => {
      ports.add(incoming.socket.remotePort);
      return Response.json({ SecretString: '{}' });
    });
    const client = new SecretsManagerClient({ ...awsDefaults(), ...place, endpoint: server.url });
    for (let call = 0; call < 3; call += 1) await client.send(read);
    expect(ports.size).toBe(1);
    client.destroy();
  });
});
