import type { IngestionJob } from '@aws-sdk/client-bedrock-agent';

type Told = Pick<IngestionJob, 'status' | 'statistics' | 'failureReasons'>;

/** `IN_PROGRESS: 12 scanned, 3 new, 1 changed, 4 deleted`. What did not happen is not told, but for what was scanned. */
export function progressOf({ status, statistics = {} }: Told): string {
  const counts = [
    [statistics.numberOfNewDocumentsIndexed, 'new'],
    [statistics.numberOfModifiedDocumentsIndexed, 'changed'],
    [statistics.numberOfMetadataDocumentsModified, 'with new metadata'],
    [statistics.numberOfDocumentsDeleted, 'deleted'],
    [statistics.numberOfDocumentsFailed, 'failed'],
  ] as const;
  const told = counts.flatMap(([count = 0, words]) => (count > 0 ? [`${count} ${words}`] : []));
  return `${status}: ${[`${statistics.numberOfDocumentsScanned ?? 0} scanned`, ...told].join(', ')}`;
}

/** One line a document that is not in, with the reason; none where all are. A job may end as COMPLETE and have left some out. */
export function failuresOf({ status, statistics = {}, failureReasons = [] }: Told, knowledgeBaseId: string): string[] {
  const { numberOfDocumentsFailed: failed = 0 } = statistics;
  if (status === 'COMPLETE' && failed === 0 && failureReasons.length === 0) return [];
  const lines = failureReasons.flatMap(reasonsIn).flatMap((reason) => {
    const documents = documentsIn(reason);
    return documents.length === 0
      ? [`FAILED: ${reason}`]
      : documents.map((document) => `FAILED ${document}: ${reason.replace(filesPart, '')}`);
  });
  const named = new Set(failureReasons.flatMap(reasonsIn).flatMap(documentsIn)).size;
  // AWS tells reasons for some only; all are in the log that `observability` has kept.
  const log = `/aws/vendedlogs/bedrock/knowledge-base/APPLICATION_LOGS/${knowledgeBaseId}`;
  if (failed > named) lines.push(`FAILED: ${failed - named} of ${failed} documents are not named here; look in the log group ${log}`);
  return lines.length > 0 ? lines : [`${status}: AWS says no reason; look in the log group ${log}`];
}

const filesPart = / ?\[Files: [^\]]*\]\.?/;

/** A reason may be a list of reasons in JSON: `["Encountered error: Ignored 2 files … [Files: s3://a/1.pdf, s3://a/2.pdf]."]`. */
function reasonsIn(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : [text];
  } catch {
    return [text];
  }
}

/** Named in a list, whose names may hold blanks and commas, or as "Issue occurred while processing file: s3://a/1.pdf." */
function documentsIn(reason: string): string[] {
  const listed = /\[Files: ([^\]]*)\]/.exec(reason)?.[1];
  if (listed !== undefined) return listed.split(/,\s*(?=[a-z\d]+:\/\/)/i).map((name) => name.trim());
  const [, one] = /processing file: (.+?)\.(?:\s|$)/.exec(reason) ?? [];
  return one === undefined ? [] : [one];
}
