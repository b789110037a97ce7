import { isFilledText, type JsonObject, membersOf, pointerTo, shown } from './json-document.ts';
import type { LintOptions, OpenApiFinding } from './open-api-finding.ts';
import { type Operation, operationsOf } from './operations-of.ts';

/** Each operation is a tool: it needs a name Bedrock takes, words a model understands, and a method that is allowed here. */
export function operationFindings(document: JsonObject, options: LintOptions): OpenApiFinding[] {
  const operations = operationsOf(document);
  return operations.flatMap((operation) => [
    ...nameFindings(operation, operations, options),
    ...methodFindings(operation, options),
    ...contentFindings(operation),
  ]);
}

function nameFindings({ where, value: { operationId } }: Operation, all: readonly Operation[], { target }: LintOptions): OpenApiFinding[] {
  const at = pointerTo(where, 'operationId');
  if (!isFilledText(operationId)) {
    return [{ where: at, what: 'no operationId', why: 'it is the name of the tool', fix: 'name the operation, like listIncidents' }];
  }
  const found: OpenApiFinding[] = [];
  const tool = `${target}___${operationId}`;
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(tool)) {
    found.push({
      where: at,
      what: `the tool name ${tool} (${tool.length} characters)`,
      why: 'Bedrock takes 1 to 64 of a-z, A-Z, 0-9, _ and -, and refuses the whole request over one that is not',
      fix: 'shorten or respell the operationId or the target',
    });
  }
  if (all.find(({ value }) => value.operationId === operationId)?.where !== where) {
    found.push({
      where: at,
      what: `${operationId} a second time`,
      why: 'a tool name stands for one operation',
      fix: 'name it differently',
    });
  }
  return found;
}

function methodFindings({ where, method, value: { operationId } }: Operation, { readsOnly }: LintOptions): OpenApiFinding[] {
  if (!readsOnly || method === 'get' || readsOnly.exceptFor.includes(shown(operationId))) return [];
  return [
    {
      where,
      what: `${shown(operationId)} with ${method.toUpperCase()}`,
      why: 'this target holds reads: its credential is everybody’s, writes need the account of the person who asks',
      fix: 'leave it out, or list it as an exception if it changes nothing',
    },
  ];
}

function contentFindings({ where, value: { description, responses } }: Operation): OpenApiFinding[] {
  const found: OpenApiFinding[] = [];
  if (!isFilledText(description)) {
    found.push({
      where: pointerTo(where, 'description'),
      what: 'no description',
      why: 'a model chooses tools by it',
      fix: 'say when to use it and what to give',
    });
  }
  if (!membersOf(responses).some(([status]) => /^2(?:\d\d|XX)$/.test(status))) {
    found.push({
      where: pointerTo(where, 'responses'),
      what: 'no successful response',
      why: 'OpenAPI asks for the answer of the API',
      fix: 'describe the response 200',
    });
  }
  return found;
}
