import { createSecureContext } from 'node:tls';
import type { Log } from '@vera/service-kit/log';
import { type RehearseParams, rehearse } from './rehearse.ts';

/**
 * Loads whatever an answer may need in this process, and rehearses one: what a snapshot shall hold. Nothing is fetched and nothing is kept. A
 * rehearsal that fails costs the first answers some time, and is told.
 */
export async function warmUp(params: RehearseParams, log: Log): Promise<void> {
  await Promise.all([
    import('@aws-sdk/client-bedrock-agentcore'),
    import('@aws-sdk/client-sts'),
    import('marked'),
    import('../delegation/result-schema.ts'),
    import('../mcp/guarded-fetch.ts'),
    import('../mcp/input-schema.ts'),
    import('../mcp/sdk-client.ts'),
    import('../mcp/server-oauth.ts'),
    // Node loads its own `fetch` with the first use, and reads the certificates of authorities with the first connection.
    fetch('data:,'),
  ]);
  createSecureContext();
  try {
    const end = await rehearse(params);
    if (end !== 'answered') throw new Error(`The rehearsed question was ${end}`);
    log.info('worker.rehearsed');
  } catch (error) {
    log.warn('worker.not-rehearsed', { error });
  }
}
