/** One answer of a worker's `/ping`, or the lack of one. */
export interface Ping {
  readonly sessionId: string;
  readonly at: number;
  /** HTTP status; 0 when there was no answer in time. */
  readonly httpStatus: number;
  readonly status?: 'Healthy' | 'HealthyBusy';
  /** Unix seconds, as the worker sent it. */
  readonly timeOfLastUpdate?: number;
}

type Answered = Pick<Ping, 'httpStatus' | 'status' | 'timeOfLastUpdate'>;

export async function ping(url: string, timeoutMilliseconds: number): Promise<Answered> {
  try {
    // A kept connection would hold up a worker that closes its server and waits for it.
    const headers = { connection: 'close' };
    const response = await fetch(`${url}/ping`, { headers, signal: AbortSignal.timeout(timeoutMilliseconds) });
    const body = (await response.json()) as { status?: unknown; time_of_last_update?: unknown };
    const { status, time_of_last_update: timeOfLastUpdate } = body;
    const isHealthy = response.status === 200 && (status === 'Healthy' || status === 'HealthyBusy');
    return {
      httpStatus: response.status,
      ...(isHealthy ? { status } : {}),
      ...(typeof timeOfLastUpdate === 'number' ? { timeOfLastUpdate } : {}),
    };
  } catch {
    return { httpStatus: 0 };
  }
}
