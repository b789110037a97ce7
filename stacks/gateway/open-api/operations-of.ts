import { isJsonObject, type JsonObject, type Located, membersOf, pointerTo, resolve } from './json-document.ts';

export interface Operation {
  readonly where: string;
  readonly path: string;
  readonly method: string;
  readonly value: JsonObject;
  /** Its own and its path's, references followed; its own win. */
  readonly parameters: readonly Located[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

export function operationsOf(document: JsonObject): Operation[] {
  return membersOf(document.paths).flatMap(([path, item]) => {
    const whereItem = pointerTo('/paths', path);
    return membersOf(item)
      .filter(([method, value]) => methods.includes(method) && isJsonObject(value))
      .map(([method, value]) => {
        const where = pointerTo(whereItem, method);
        const operation = value as JsonObject;
        const own = parametersAt(document, pointerTo(where, 'parameters'), operation.parameters);
        const shared = parametersAt(document, pointerTo(whereItem, 'parameters'), (item as JsonObject).parameters);
        return { where, path, method, value: operation, parameters: [...own, ...shared.filter((one) => !own.some(isSameAs(one)))] };
      });
  });
}

function parametersAt(document: JsonObject, where: string, list: unknown): Located[] {
  return membersOf(list)
    .map(([index, value]) => resolve(document, { where: pointerTo(where, index), value }))
    .filter((found) => found !== undefined);
}

function isSameAs({ value }: Located) {
  return ({ value: other }: Located) => isJsonObject(value) && isJsonObject(other) && value.name === other.name && value.in === other.in;
}
