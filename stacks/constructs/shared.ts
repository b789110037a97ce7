import { type IResolvable, type IResolveContext, TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { Output } from './output.ts';

/**
 * What a stack tells the others, under a name of its own: CDKTF would name it after the construct behind it, with a hash of its place, and
 * moving that construct would break whoever reads it. Told whether somebody reads it or not, so that a new reader does not change this stack.
 */
export function shared(scope: Construct, name: string, value: string): string {
  const stack = TerraformStack.of(scope);
  new Output(stack, name, { value, sensitive: true });
  return Token.asString(new Shared(stack, name, value));
}

class Shared implements IResolvable {
  readonly creationStack: string[] = [];
  private readonly stack: TerraformStack;
  private readonly name: string;
  private readonly value: string;

  constructor(stack: TerraformStack, name: string, value: string) {
    this.stack = stack;
    this.name = name;
    this.value = value;
  }

  resolve({ scope }: IResolveContext): string {
    const reader = TerraformStack.of(scope);
    if (reader === this.stack) return this.value;
    reader.addDependency(this.stack);
    return reader.registerIncomingCrossStackReference(this.stack).getString(this.name);
  }

  toString(): string {
    return Token.asString(this);
  }
}
