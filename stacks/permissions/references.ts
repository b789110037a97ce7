import { computedAttributes, type Subject } from './computed-attributes.ts';
import { pathOf, type ResourceJson, type StacksJson } from './stacks-json.ts';

/** Follows Terraform's references through the synthesised stacks, before anything exists. */
export interface References {
  /** The text with its references filled in. Throws for one that leads nowhere. */
  textOf(stack: string, text: string): string;
  /** Of the resource `type.id` in a stack. */
  attributeOf(stack: string, type: string, id: string, attribute: string): string;
}

const reference = /\$\{([^{}]+)\}/g;
const ofAnotherStack = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)$/;
const ofResource = /^(\w+)\.([\w-]+)\.(\w+)$/;

export function createReferences(stacks: StacksJson): References {
  function textOf(stack: string, text: string): string {
    const filled = text.replaceAll(reference, (_, expression: string) => follow(stack, expression));
    if (filled.includes('${')) throw new Error(`Nobody here knows what '${filled}' of ${stack} will be`);
    return filled;
  }

  function follow(stack: string, expression: string): string {
    const [, producer = '', output = ''] = ofAnotherStack.exec(expression) ?? [];
    if (producer)
      return textOf(producer, String(found(stacks.get(producer)?.output?.[output], `${producer} has no output ${output}`).value));
    const [, type = '', id = '', attribute = ''] = ofResource.exec(expression) ?? [];
    if (!type) throw new Error(`Nobody here knows what \${${expression}} of ${stack} will be`);
    return attributeOf(stack, type, id, attribute);
  }

  function attributeOf(stack: string, type: string, id: string, attribute: string): string {
    const resource = found(stacks.get(stack)?.resource?.[type]?.[id], `${stack} has no ${type}.${id}`);
    const argument = (name: string) => textOf(stack, String(found(resource[name], `${type}.${id} of ${stack} sets no ${name}`)));
    if (attribute in resource) return argument(attribute);
    const compute = found(computedAttributes[type]?.[attribute], `Nobody here knows what AWS makes ${attribute} of ${type} to be`);
    return compute({ argument, ...placeOf(stacks, stack, resource) });
  }

  return { textOf, attributeOf };
}

function placeOf(stacks: StacksJson, stack: string, resource: ResourceJson): Omit<Subject, 'argument'> {
  const alias = typeof resource.provider === 'string' ? resource.provider.replace(/^aws\./, '') : undefined;
  const provider = found(
    stacks.get(stack)?.provider.aws?.find((one) => one.alias === alias),
    `${stack} has no provider ${alias ?? 'aws'}`,
  );
  const region = String(provider.region);
  const account = String((provider.allowed_account_ids as readonly string[])[0]);
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  return { region, account, arn, id: `{${pathOf(resource).replaceAll('/', '.')}}` };
}

function found<Value>(value: Value | undefined, otherwise: string): Value {
  if (value === undefined) throw new Error(otherwise);
  return value;
}
