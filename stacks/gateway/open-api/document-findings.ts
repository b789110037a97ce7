import { isFilledText, isJsonObject, type JsonObject } from './json-document.ts';
import type { LintOptions, OpenApiFinding } from './open-api-finding.ts';
import { operationsOf } from './operations-of.ts';

const megabyte = 1024 * 1024;
const limits = { s3: 10, inline: 1 };

/** The document as a whole: its version, its heading, that it offers something, its size. */
export function documentFindings(document: JsonObject, { source = 's3' }: LintOptions): OpenApiFinding[] {
  const found: OpenApiFinding[] = [];
  if (typeof document.openapi !== 'string' || !/^3\.[01]\.\d+$/.test(document.openapi)) {
    found.push({
      where: '/openapi',
      what: `the version ${JSON.stringify(document.openapi ?? document.swagger)}`,
      why: 'AgentCore reads OpenAPI 3.0 and 3.1, not Swagger 2',
      fix: 'write the document in 3.0.3',
    });
  }
  const info = isJsonObject(document.info) ? document.info : {};
  for (const field of ['title', 'version'] as const) {
    if (isFilledText(info[field])) continue;
    found.push({ where: `/info/${field}`, what: `no ${field}`, why: 'OpenAPI asks for it', fix: `write info.${field}` });
  }
  if (operationsOf(document).length === 0) {
    found.push({ where: '/paths', what: 'no operation', why: 'a target without one offers no tool', fix: 'describe at least one' });
  }
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes > limits[source] * megabyte) {
    found.push({
      where: '',
      what: `${(bytes / megabyte).toFixed(1)} MB`,
      why: `AgentCore takes ${limits[source]} MB ${source === 's3' ? 'from S3' : 'inline'}`,
      fix: source === 's3' ? 'leave out operations and response fields nobody needs' : 'upload it to S3, or leave out what nobody needs',
    });
  }
  return found;
}
