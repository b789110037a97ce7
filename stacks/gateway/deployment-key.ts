import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';

/** A key that comes from the shell of whoever deploys and goes to AWS; no state ever holds it. `TF_VAR_<name>` carries it. */
export function deploymentKey(
  scope: Construct,
  id: string,
  { name, description }: { readonly name: string; readonly description: string },
): string {
  const variable = new TerraformVariable(scope, id, {
    type: 'string',
    sensitive: true,
    description: `${description}; read when the target is new or its keyVersion was raised, and then only`,
    // A plan, and every later deployment, goes without the key.
    default: `missing: set TF_VAR_${name}, raise keyVersion, deploy again`,
  });
  variable.overrideLogicalId(name);
  // It goes into a header, and `base64` of Linux breaks its output after 76 characters. A validation would show the value that it refuses.
  return `\${replace(trimspace(var.${name}), "/[\\r\\n]+/", "")}`;
}
