import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack/index.js';
import { LambdaFunctionUrl } from '@cdktf/provider-aws/lib/lambda-function-url/index.js';
import { Construct } from 'constructs';

interface PublicUrlProps {
  readonly region: string;
  readonly functionName: string;
}

/** An address anyone may call; the function behind it checks who does. */
export class PublicUrl extends Construct {
  readonly url: string;
  /** How AWS calls it where it calls the function by its URL. */
  readonly host: string;

  constructor(scope: Construct, id: string, { functionName, region }: PublicUrlProps) {
    super(scope, id);
    const url = new LambdaFunctionUrl(this, 'url', { functionName, authorizationType: 'NONE' });
    this.url = url.functionUrl;
    this.host = `${url.urlId}.lambda-url.${region}.on.aws`;
    // Since November 2026 a public URL needs a second permission, to invoke the function by its URL and by nothing else. This provider
    // cannot say "by its URL" (hashicorp/terraform-provider-aws#44829), CloudFormation can.
    new CloudformationStack(this, 'invocation', {
      name: `${functionName}-public-url`,
      templateBody: JSON.stringify(templateOf(functionName)),
      dependsOn: [url],
    });
  }
}

function templateOf(functionName: string) {
  return {
    Description: 'Lets a public function URL invoke its function.',
    Resources: {
      InvokedByUrl: {
        Type: 'AWS::Lambda::Permission',
        Properties: { Action: 'lambda:InvokeFunction', FunctionName: functionName, InvokedViaFunctionUrl: true, Principal: '*' },
      },
    },
  };
}
