import type { MemoryRecordSummary } from '@aws-sdk/client-bedrock-agentcore';
import { startOperation, within } from '../tracing/in-span.ts';
import { named, type OpenMemoryClient, pagesOf } from './memory-client.ts';
import type { MemoryRecord, MemoryRecords } from './memory-records.ts';

/** As many as are looked at for one question, of each namespace. */
const mostFound = 10;
/** The most that the service takes or gives at once. */
const pageSize = 100;

export function createAgentCoreRecords(open: OpenMemoryClient, memoryId: string): MemoryRecords {
  return {
    async search(namespace, searchQuery, abortSignal) {
      const { sdk, client } = await open();
      const input = { memoryId, namespace, searchCriteria: { searchQuery, topK: mostFound }, maxResults: mostFound };
      const { memoryRecordSummaries } = await named(
        'RetrieveMemoryRecords',
        within(startOperation('search_memory', undefined), () => client.send(new sdk.RetrieveMemoryRecordsCommand(input), { abortSignal })),
      );
      return recordsIn(memoryRecordSummaries, (name) => name === namespace);
    },
    async *list(namespace, signal) {
      const { sdk, client } = await open();
      // A path means what lies under it; `namespace` any name that begins so, or this one alone, by which of AWS's documents one believes.
      const input = { memoryId, namespacePath: namespace, maxResults: pageSize };
      const options = signal ? { abortSignal: signal } : {};
      for await (const { memoryRecordSummaries } of pagesOf((nextToken) =>
        named('ListMemoryRecords', client.send(new sdk.ListMemoryRecordsCommand({ ...input, nextToken }), options)),
      ))
        yield* recordsIn(memoryRecordSummaries, (name) => name.startsWith(namespace));
    },
    async create(namespace, text, clientToken) {
      const { sdk, client } = await open();
      const records = [{ requestIdentifier: 'one', namespaces: [namespace], content: { text }, timestamp: new Date() }];
      const command = new sdk.BatchCreateMemoryRecordsCommand({ memoryId, records, clientToken });
      const { successfulRecords, failedRecords } = await named(
        'BatchCreateMemoryRecords',
        within(startOperation('create_memory', undefined), () => client.send(command)),
      );
      // Answered well, whatever became of it.
      const id = successfulRecords?.[0]?.memoryRecordId;
      if (id === undefined) await named('BatchCreateMemoryRecords', Promise.reject(new Error(failedRecords?.[0]?.errorMessage)));
      return id ?? '';
    },
    async remove(records) {
      const { sdk, client } = await open();
      const gone = new Set<string>();
      for (let begin = 0; begin < records.length; begin += pageSize) {
        const part = records.slice(begin, begin + pageSize).map(({ id, namespace }) => ({ memoryRecordId: id, namespace }));
        const command = new sdk.BatchDeleteMemoryRecordsCommand({ memoryId, records: part });
        const { successfulRecords = [] } = await named('BatchDeleteMemoryRecords', client.send(command));
        for (const { memoryRecordId } of successfulRecords) if (memoryRecordId !== undefined) gone.add(memoryRecordId);
      }
      return gone;
    },
  };
}

/** What is not where it was looked for is somebody else's. */
function recordsIn(summaries: readonly MemoryRecordSummary[] = [], isThere: (namespace: string) => boolean): readonly MemoryRecord[] {
  return summaries.flatMap(({ memoryRecordId: id, content, namespaces: [namespace, ...others] = [], createdAt }) => {
    if (id === undefined || namespace === undefined || others.length > 0 || !isThere(namespace)) return [];
    return [{ id, text: content?.text ?? '', namespace, createdAt: createdAt?.getTime() ?? 0 }];
  });
}
