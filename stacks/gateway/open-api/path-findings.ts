import { isJsonObject, type JsonObject, membersOf, pointerTo, referenceIn, shown } from './json-document.ts';
import type { OpenApiFinding } from './open-api-finding.ts';
import { type Operation, operationsOf } from './operations-of.ts';

/** Paths and the variables in them: `/users/{userId}`, each variable declared once as a required path parameter. */
export function pathFindings(document: JsonObject): OpenApiFinding[] {
  return [
    ...membersOf(document.paths).flatMap(([path, item]) => shapeFindings(path, item)),
    ...operationsOf(document).flatMap(variableFindings),
  ];
}

function shapeFindings(path: string, item: unknown): OpenApiFinding[] {
  const where = pointerTo('/paths', path);
  const found: OpenApiFinding[] = [];
  if (!/^(?:\/(?:[\w.~@:%-]+|\{\w+\}))+$/.test(path)) {
    found.push({
      where,
      what: `the path ${path}`,
      why: 'AgentCore takes plain segments and whole {variables}, no query and no serialisers',
      fix: 'write it like /users/{userId}; what follows a ? is a query parameter',
    });
  }
  if (referenceIn(item) !== undefined) {
    found.push({ where, what: 'a reference instead of a path', why: 'its operations are not seen', fix: 'write the operations here' });
  }
  return found;
}

function variableFindings({ where, path, parameters }: Operation): OpenApiFinding[] {
  const variables = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
  const declared = parameters.filter(({ value }) => isJsonObject(value) && value.in === 'path');
  const names = declared.map(({ value }) => (value as JsonObject).name);
  const undeclared = variables.filter((name) => !names.includes(name));
  return [
    ...undeclared.map((name) => ({
      where: pointerTo(where, 'parameters'),
      what: `the path variable ${name} is not declared`,
      why: 'nobody could fill it in',
      fix: `add a parameter ${name} with in: path and required: true`,
    })),
    ...declared.flatMap((parameter) => declarationFindings(parameter.where, parameter.value as JsonObject, variables)),
  ];
}

function declarationFindings(where: string, { name, required }: JsonObject, variables: readonly string[]): OpenApiFinding[] {
  const found: OpenApiFinding[] = [];
  if (!variables.includes(shown(name))) {
    found.push({
      where,
      what: `the path parameter ${shown(name)}`,
      why: 'the path has no such variable',
      fix: 'correct the name or leave it out',
    });
  }
  if (required !== true) {
    found.push({
      where: pointerTo(where, 'required'),
      what: `the path parameter ${shown(name)} is not required`,
      why: 'without it there is no path',
      fix: 'write required: true',
    });
  }
  return found;
}
