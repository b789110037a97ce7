import type { TerraformResource } from 'cdktf';

/** `aws_x.y`, as `replace_triggered_by` wants it; cdktf's own form of a reference is refused there. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
