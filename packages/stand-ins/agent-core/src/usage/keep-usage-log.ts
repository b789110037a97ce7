import { type Clock, every, realClock } from '@vera/stand-in-kit/clock';
import type { AgentCoreRuntimeEmulator, SessionView } from '../create-agent-core-runtime.ts';
import { type Measured, measureProcess } from './measure-process.ts';
import { usageLine } from './usage-line.ts';

export interface UsageLogParams {
  readonly agentCore: Pick<AgentCoreRuntimeEmulator, 'onSession'>;
  readonly platform: 'v1' | 'v2';
  readonly write: (line: { readonly at: number; readonly message: string }) => void;
  readonly clock?: Clock;
  /** Between two lines of a session. AWS writes one a second; here a minute, so that they do not push out all else that is logged. */
  readonly everySeconds?: number;
  readonly measure?: (pid: number) => Measured | undefined;
}

interface Meter {
  /** Since when nothing is written. */
  from: number;
  cpuSeconds: number;
  gigabytes: number;
  most: number;
  session: SessionView;
  readonly cancel: () => void;
}

/** Writes what each session uses, from its start to its end; where the machine does not tell of processes, nothing. Returns the function that ends it. */
export function keepUsageLog(params: UsageLogParams): () => void {
  const { agentCore, platform, write, clock = realClock, everySeconds = 60, measure = measureProcess } = params;
  const meters = new Map<string, Meter>();

  const measuredOf = ({ pid }: SessionView) => (pid === undefined ? undefined : measure(pid));

  function tell(meter: Meter): void {
    const { id, runtimeArn } = meter.session;
    const [now, before] = [clock.now(), meter.cpuSeconds];
    // Of a process that is gone the last that was seen of it.
    const { cpuSeconds, gigabytes } = measuredOf(meter.session) ?? meter;
    Object.assign(meter, { cpuSeconds, gigabytes, most: Math.max(meter.most, gigabytes) });
    const seconds = (now - meter.from) / 1000;
    meter.from = now;
    if (meter.most === 0 || seconds <= 0) return;
    const billed = platform === 'v1' ? meter.most : gigabytes;
    const used = { runtimeArn, sessionId: id, at: now, seconds, cpuSeconds: Math.max(0, cpuSeconds - before), gigabytes: billed };
    write({ at: now, message: usageLine(used) });
  }

  function begin(session: SessionView): void {
    const cancel = every(clock, everySeconds * 1000, () => tell(meter));
    const meter: Meter = { session, from: session.startedAt, cpuSeconds: 0, gigabytes: 0, most: 0, cancel };
    meters.set(session.id, meter);
  }

  const stopListening = agentCore.onSession((session) => {
    if (session.state === 'starting') begin(session);
    const meter = meters.get(session.id);
    if (!meter) return;
    meter.session = session;
    // What its process did before the snapshot is no session's.
    if (session.state === 'running' && platform === 'v2') meter.cpuSeconds = measuredOf(session)?.cpuSeconds ?? 0;
    if (session.state === 'stopping' || session.state === 'ended') tell(meter);
    if (session.state !== 'ended') return;
    meter.cancel();
    meters.delete(session.id);
  });
  return () => {
    stopListening();
    for (const { cancel } of meters.values()) cancel();
    meters.clear();
  };
}
