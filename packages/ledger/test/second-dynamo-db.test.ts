import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@vera/stand-in-kit/free-port';
import { expect, it } from 'vitest';
import { changeOf } from './change-of.ts';
import { questionOf } from './question-of.ts';
import { startedLedger } from './started-ledger.ts';
import { stopOf } from './stop-of.ts';

/** moto, made by others after the same documents (`pip install 'moto[server]'`): what holds in both is no habit of one. */
const hasMoto = spawnSync('moto_server', ['--help'], { stdio: 'ignore' }).status === 0;
if (!hasMoto)
  process.stderr.write('\n*** moto_server is not on this machine: the ledger is NOT checked against a second DynamoDB. ***\n\n');

it.skipIf(!hasMoto)(
  'a second DynamoDB agrees: a stop, an edit and a deletion are noticed, and what is overdue is found whole',
  async () => {
    await using moto = await startedMoto();
    await using ledger = await startedLedger({ endpoint: moto.url });
    const question = questionOf('100.000000');
    await ledger.recorded(question);
    const lease = await ledger.leased(question);
    expect(await lease.renew()).toMatchObject({ held: true, stopRequested: false });
    await ledger.inbox.requestStop(stopOf());
    const looks = [await lease.renew(), await lease.renew()];
    expect(looks).toMatchObject(looks.map(() => ({ held: true, stopRequested: true })));
    expect(await lease.noteReply('1.0')).toBe(true);
    const { revision: _, ...proposed } = changeOf(ledger.now());
    expect(await lease.noteChange(proposed)).toMatchObject({ revision: expect.any(String) });
    ledger.pass(10 * 60_000);
    const [overdue] = await ledger.overdue.overdue(ledger.now(), 10);
    expect(overdue).toMatchObject({ replies: ['1.0'], question: { id: question.id } });
    expect(await lease.close('stopped')).toBe(true);
    expect((await lease.renew()).held).toBe(false);
    const [second, third] = [questionOf('200.000000'), questionOf('300.000000')];
    await ledger.recorded(second, third);
    expect(await ledger.inbox.edit({ ...second, text: 'new words' })).toEqual({});
    expect(await ledger.inbox.edit({ ...second, text: 'new words' })).toBeUndefined();
    expect(await ledger.inbox.withdraw(second)).toEqual({ kind: 'closed', isIdle: false });
    const held = await ledger.leased(third);
    expect(await ledger.inbox.withdraw(third)).toMatchObject({ kind: 'open', question: { id: third.id } });
    expect(await held.renew()).toMatchObject({ held: true, withdrawn: true });
  },
  60_000,
);

async function startedMoto() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const isUp = () =>
    fetch(`${url}/moto-api/data.json`)
      .then(({ ok }) => ok)
      .catch(() => false);
  for (let waited = 0; !(await isUp()); waited += 1) {
    if (waited > 300) throw new Error('moto_server does not answer');
    await sleep(100);
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.kill();
      await once(server, 'exit');
    },
  };
}
