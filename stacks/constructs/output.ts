import { TerraformOutput } from 'cdktf';

/** What `cdktf deploy` prints at its end, under the name it was given instead of one with a hash behind it. */
export class Output extends TerraformOutput {
  constructor(...[scope, id, config]: ConstructorParameters<typeof TerraformOutput>) {
    super(scope, id, config);
    this.overrideLogicalId(id);
  }
}
