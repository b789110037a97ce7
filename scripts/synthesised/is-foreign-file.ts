/** Anything else beside the stacks (a `.terraform` folder, another `.tf`, a `.tfvars`) would change what Terraform runs. */
export function isForeignFile(path: string): boolean {
  return !/^(?:manifest\.json|stacks\/[\w-]+\/(?:cdk\.tf\.json|metadata\.json|assets\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*))$/.test(path);
}
