import { entriesOf, type Json, listOf, memberOf, textOf } from './json.ts';

/**
 * The code's own text of a resource's attributes. Of configurations in JSON, as CDKTF writes them, Terraform keeps the templates
 * (`${aws_dynamodb_table.ledger.arn}/index/*`) as constant values; of those in HCL only what they refer to.
 */
export type Configuration = {
  /** Undefined where the code does not set the attribute: the provider computes it. */
  readonly expressionOf: (address: string, attribute: string) => Json | undefined;
  /** Whether the plan holds its configuration at all. */
  readonly isPresent: boolean;
};

export function createConfiguration(rootModule: Json | undefined): Configuration {
  const expressions = new Map<string, Json>();
  const modules: { module: Json | undefined; prefix: string }[] = [{ module: rootModule, prefix: '' }];
  for (let next = modules.pop(); next; next = modules.pop()) {
    const { module, prefix } = next;
    for (const resource of listOf(memberOf(module, 'resources'))) {
      const address = textOf(memberOf(resource, 'address'));
      if (address !== undefined) expressions.set(prefix + address, memberOf(resource, 'expressions') ?? null);
    }
    for (const [name, call] of entriesOf(memberOf(module, 'module_calls'))) {
      modules.push({ module: memberOf(call, 'module'), prefix: `${prefix}module.${name}.` });
    }
  }
  return {
    isPresent: expressions.size > 0,
    expressionOf: (address, attribute) => memberOf(expressions.get(withoutKeys(address)), attribute),
  };
}

/** The address of the resource itself: one resource of the code makes many instances. */
export function withoutKeys(address: string): string {
  return address.replaceAll(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]/g, '');
}
