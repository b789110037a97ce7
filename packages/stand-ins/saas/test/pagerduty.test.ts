import { describe, expect, it } from 'vitest';
import { createPagerDuty } from '../src/create-pagerduty.ts';
import { ask } from './ask.ts';
import { pagerDutySeed, tuesday } from './small-clinic.ts';

async function start(now: () => number = () => tuesday) {
  const pagerDuty = await createPagerDuty({ seed: pagerDutySeed, apiKeys: ['k3y'], now });
  const get = (path: string) => ask(pagerDuty.url + path, { headers: { authorization: 'Token token=k3y' } });
  return { pagerDuty, get, [Symbol.asyncDispose]: () => pagerDuty[Symbol.asyncDispose]() };
}

describe('PagerDuty', () => {
  it('refuses who has no key or a wrong one, paths and methods it does not know, and too many', async () => {
    await using system = await start();
    const { url } = system.pagerDuty;
    expect(await ask(`${url}/incidents`)).toMatchObject({ status: 401, body: { error: { code: 2006 } } });
    for (const authorization of ['Token token=wrong', 'Bearer k3y', 'k3y'])
      expect((await ask(`${url}/incidents`, { headers: { authorization } })).status).toBe(401);
    expect(await system.get('/nothing')).toMatchObject({ status: 404, body: { error: { message: 'Not Found', code: 2100 } } });
    expect((await system.get('/incidents/NOPE')).status).toBe(404);
    system.pagerDuty.inject({ kind: 'status', status: 429 });
    const limited = await system.get('/incidents');
    expect([limited.status, limited.headers.get('retry-after'), limited.body.error.code]).toEqual([429, '30', 2020]);
  });

  it('a service is as its incidents are', async () => {
    await using system = await start();
    const { services } = (await system.get('/services')).body;
    expect(services.map((one: { name: string; status: string }) => [one.name, one.status])).toEqual([
      ['chart-api', 'warning'],
      ['quiet-api', 'active'],
      ['till-api', 'critical'],
    ]);
    expect((await system.get('/services?query=TILL')).body.services).toHaveLength(1);
    expect((await system.get('/services/PSVC2')).body.service).toMatchObject({
      last_incident_timestamp: null,
      escalation_policy: { summary: 'Till' },
    });
  });

  it('lists incidents of a period, of any age, in the order asked', async () => {
    await using system = await start();
    const idsOf = async (query: string) => (await system.get(`/incidents?${query}`)).body.incidents.map((one: { id: string }) => one.id);
    expect(await idsOf('sort_by=created_at:desc')).toEqual(['QINC1', 'QINC2']);
    expect(await idsOf('date_range=all&sort_by=created_at:asc')).toEqual(['QINC3', 'QINC2', 'QINC1']);
    expect(await idsOf('since=2026-11-20T00:00:00Z&until=2026-11-21T00:00:00Z')).toEqual(['QINC2']);
    expect(await idsOf('statuses[]=triggered')).toEqual(['QINC1']);
    expect(await system.get('/incidents?since=2026-01-01&until=2026-11-01')).toMatchObject({
      status: 400,
      body: { error: { errors: ['Date range cannot exceed six months.'] } },
    });
    expect((await system.get('/incidents?since=yesterday')).status).toBe(400);
    expect((await system.get('/incidents?time_zone=Mars')).status).toBe(400);
  });

  it('tells of one incident: who has it, notes, alerts, what happened', async () => {
    await using system = await start();
    expect((await system.get('/incidents/QINC1')).body.incident).toMatchObject({
      status: 'triggered',
      created_at: '2026-11-24T09:50:00Z',
      assignments: [{ assignee: { summary: 'ana' } }],
      acknowledgements: [],
    });
    expect((await system.get('/incidents/QINC2')).body.incident).toMatchObject({
      status: 'acknowledged',
      acknowledgements: [{ acknowledger: { summary: 'bo' } }],
    });
    expect((await system.get('/incidents/QINC3')).body.incident).toMatchObject({
      status: 'resolved',
      resolved_at: '2026-03-12T10:00:00Z',
      assignments: [],
    });
    expect((await system.get('/incidents/QINC2/notes')).body.notes).toMatchObject([{ content: 'Looking', user: { summary: 'bo' } }]);
    expect((await system.get('/incidents/QINC1/alerts')).body.alerts).toMatchObject([{ severity: 'critical', status: 'triggered' }]);
    const overview = (await system.get('/incidents/QINC2/log_entries?is_overview=true')).body.log_entries;
    expect(overview.map((one: { type: string }) => one.type)).toEqual(['acknowledge_log_entry', 'trigger_log_entry', 'assign_log_entry']);
    expect((await system.get('/incidents/QINC2/log_entries')).body.log_entries[0]).toMatchObject({
      type: 'annotate_log_entry',
      note: 'Looking',
    });
  });

  it('writes times in the zone asked for', async () => {
    await using system = await start();
    const { incident } = (await system.get('/incidents/QINC1?time_zone=America/New_York')).body;
    expect(incident.created_at).toBe('2026-11-24T04:50:00-05:00');
  });

  it('knows who is on call now, and goes on with the clock', async () => {
    let now = tuesday;
    await using system = await start(() => now);
    const current = async () =>
      (await system.get('/oncalls')).body.oncalls.map((one: { escalation_level: number; user: { summary: string } }) => [
        one.escalation_level,
        one.user.summary,
      ]);
    expect(await current()).toEqual([
      [1, 'ana'],
      [2, 'cy'],
    ]);
    expect((await system.get('/oncalls')).body.oncalls).toMatchObject([
      { schedule: { summary: 'Till primary' }, start: '2026-11-23T09:00:00Z', end: '2026-11-26T09:00:00Z' },
      { schedule: null, start: null, end: null },
    ]);
    now = Date.parse('2026-11-30T08:59:59Z');
    expect((await current())[0]).toEqual([1, 'ana']);
    now = Date.parse('2026-11-30T09:00:00Z');
    expect((await current())[0]).toEqual([1, 'bo']);
  });

  it('renders a schedule with its overrides, without gap or overlap, across the change of the clocks too', async () => {
    await using system = await start();
    const rendered = (await system.get('/schedules/PSCHED1?since=2026-11-25T00:00:00Z&until=2026-12-02T00:00:00Z')).body.schedule;
    expect(
      rendered.final_schedule.rendered_schedule_entries.map((one: { start: string; user: { summary: string } }) => [
        one.start,
        one.user.summary,
      ]),
    ).toEqual([
      ['2026-11-25T00:00:00Z', 'ana'],
      ['2026-11-26T09:00:00Z', 'cy'],
      ['2026-11-27T09:00:00Z', 'ana'],
      ['2026-11-30T09:00:00Z', 'bo'],
    ]);
    const spring = (await system.get('/schedules/PSCHED1?since=2027-03-01T00:00:00Z&until=2027-05-01T00:00:00Z')).body.schedule
      .final_schedule.rendered_schedule_entries;
    for (const [index, entry] of spring.entries()) {
      if (index > 0) expect(entry.start).toBe(spring[index - 1].end);
    }
    expect(spring.map((one: { start: string }) => one.start)).toContain('2027-03-29T08:00:00Z');
    expect((await system.get('/schedules/PSCHED1')).body.schedule.final_schedule).toBeNull();
    expect((await system.get('/schedules/PSCHED1/users?since=2026-11-24T10:00:00Z&until=2026-11-24T10:00:01Z')).body.users).toMatchObject([
      { name: 'ana' },
    ]);
    expect((await system.get('/oncalls?since=2026-11-24T00:00:00Z&until=2027-11-24T00:00:00Z')).status).toBe(400);
    const earliest = (await system.get('/oncalls?since=2026-11-24T10:00:00Z&until=2027-01-24T00:00:00Z&earliest=true&limit=100')).body
      .oncalls;
    expect(earliest.map((one: { user: { summary: string } }) => one.user.summary)).toEqual(['ana', 'cy', 'bo', 'cy']);
  });

  it('pages cover everything exactly once', async () => {
    await using system = await start();
    for (const limit of [1, 2, 3]) {
      const seen: string[] = [];
      for (let offset = 0, more = true; more; offset += limit) {
        const { body } = await system.get(`/users?limit=${limit}&offset=${offset}&total=true`);
        expect(body).toMatchObject({ limit, offset, total: 3 });
        expect(body.users.length).toBeLessThanOrEqual(limit);
        seen.push(...body.users.map((one: { name: string }) => one.name));
        more = body.more;
      }
      expect(seen).toEqual(['ana', 'bo', 'cy']);
    }
    expect((await system.get('/users')).body.total).toBeNull();
    expect((await system.get('/users?offset=10000')).status).toBe(400);
  });

  it('people, policies', async () => {
    await using system = await start();
    expect((await system.get('/users/PUSERBO')).body.user).toMatchObject({ email: 'bo@clinic.example', teams: [{ summary: 'Till' }] });
    expect((await system.get('/escalation_policies/PPOL1')).body.escalation_policy).toMatchObject({
      num_loops: 1,
      escalation_rules: [{ targets: [{ type: 'schedule_reference' }] }, { targets: [{ type: 'user_reference' }] }],
    });
    expect((await system.get('/escalation_policies?query=ti')).body.escalation_policies).toHaveLength(1);
    expect((await system.get('/schedules?query=primary')).body.schedules).toMatchObject([{ time_zone: 'Europe/Dublin' }]);
  });
});
