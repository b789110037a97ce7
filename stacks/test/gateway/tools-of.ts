interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { content: { 'application/json': { schema: { properties: object; required?: string[] } } } };
}

/** The tools a gateway makes of a finished document, as a model is given them. */
export function toolsOf(target: string, text: string) {
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
  return Object.values(paths)
    .flatMap((item) => Object.values(item))
    .map(({ operationId, description, parameters = [], requestBody }) => {
      const body = requestBody?.content['application/json'].schema;
      return {
        name: `${target}___${operationId}`,
        description,
        inputSchema: {
          type: 'object',
          properties: {
            ...Object.fromEntries(parameters.map((one) => [one.name, { ...one.schema, description: one.description }])),
            ...body?.properties,
          },
          required: [...parameters.filter(({ required }) => required).map(({ name }) => name), ...(body?.required ?? [])],
        },
      };
    });
}
