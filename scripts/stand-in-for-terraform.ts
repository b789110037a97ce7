import { createServer } from 'node:http';
import { createSecrets, type TemplateSecret } from './emulator/secrets.ts';

/**
 * As much of CloudFormation as Terraform asks for, for the check of the stacks with real Terraform: the foreign emulator there knows no
 * `AWS::BedrockAgentCore::Runtime`, and answers a template with one by 500. Any type is made at once; of outputs it knows what our templates
 * have. A secret in a template is there to be read, so that it answers for Secrets Manager, too. Listens on the port that is named, until it is
 * killed: node scripts/stand-in-for-terraform.ts 4599
 */
const port = Number(process.argv[2]);

interface Stack {
  readonly name: string;
  readonly id: string;
  readonly tags: string;
  template: string;
  version: number;
}

const stacks = new Map<string, Stack>();
const secrets = createSecrets();

createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    const target = /^secretsmanager\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1];
    if (target !== undefined) {
      const told = secrets.answer(target, JSON.parse(body) as object);
      response.writeHead(told ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
      return response.end(JSON.stringify(told ?? { __type: 'ResourceNotFoundException', message: `${target}: there is no such secret` }));
    }
    const asked = new URLSearchParams(body);
    const action = asked.get('Action') ?? '';
    const result = answered(action, asked);
    const xmlns = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"';
    response.setHeader('content-type', 'text/xml');
    if (result !== undefined)
      return response.end(`<${action}Response ${xmlns}><${action}Result>${result}</${action}Result></${action}Response>`);
    response.statusCode = 400;
    const error = `<Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack does not exist</Message></Error>`;
    return response.end(`<ErrorResponse ${xmlns}>${error}</ErrorResponse>`);
  });
}).listen(port, '127.0.0.1');

/** Undefined: there is no such stack, or no such action. */
function answered(action: string, asked: URLSearchParams): string | undefined {
  const named = asked.get('StackName') ?? '';
  const name = named.startsWith('arn:') ? (named.split('/')[1] ?? '') : named;
  if (action === 'ListExports') return `<Exports>${[...stacks.values()].map(exportOf).join('')}</Exports>`;
  if (action === 'CreateStack') {
    const id = `arn:aws:cloudformation:us-east-1:123456789012:stack/${name}/aaaabbbb-1111-2222`;
    stacks.set(name, { name, id, tags: tagsIn(asked), template: asked.get('TemplateBody') ?? '', version: 1 });
    for (const secret of secretsIn(asked.get('TemplateBody') ?? '')) secrets.makeOf(secret);
    return `<StackId>${id}</StackId>`;
  }
  const stack = stacks.get(name);
  if (!stack) return undefined;
  switch (action) {
    case 'UpdateStack':
      stack.template = asked.get('TemplateBody') ?? '';
      stack.version += 1;
      return `<StackId>${stack.id}</StackId>`;
    case 'DescribeStacks':
      return `<Stacks><member>${describedBy(stack)}</member></Stacks>`;
    case 'GetTemplate':
      return `<TemplateBody>${escaped(stack.template)}</TemplateBody>`;
    case 'DescribeStackEvents':
      return '<StackEvents></StackEvents>';
    case 'DeleteStack':
      stacks.delete(name);
      for (const secret of secretsIn(stack.template)) secrets.drop(secret);
      return '';
    default:
      return undefined;
  }
}

function secretsIn(template: string): TemplateSecret[] {
  const { Resources = {} } = JSON.parse(template || '{}') as { Resources?: Readonly<Record<string, { Type: string }>> };
  return Object.values(Resources).filter((one): one is TemplateSecret => one.Type === 'AWS::SecretsManager::Secret');
}

function tagsIn(asked: URLSearchParams): string {
  const keys = [...asked].filter(([field]) => /^Tags\.member\.\d+\.Key$/.test(field));
  const told = (field: string) => asked.get(field.replace('.Key', '.Value')) ?? '';
  return keys.map(([field, key]) => `<member><Key>${key}</Key><Value>${escaped(told(field))}</Value></member>`).join('');
}

function describedBy({ name, id, tags, template, version }: Stack): string {
  const outputs = Object.keys((JSON.parse(template) as { Outputs?: object }).Outputs ?? {}).map((key) => {
    const value = key === 'Version' ? String(version) : runtimeOf(name);
    return `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`;
  });
  return (
    `<StackId>${id}</StackId><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>` +
    `<CreationTime>2026-11-30T00:00:00Z</CreationTime><DisableRollback>false</DisableRollback><Tags>${tags}</Tags><Outputs>${outputs.join('')}</Outputs>`
  );
}

function exportOf({ name, id }: Stack): string {
  return `<member><ExportingStackId>${id}</ExportingStackId><Name>${name}</Name><Value>${runtimeOf(name)}</Value></member>`;
}

function runtimeOf(name: string): string {
  return `${name.replaceAll('-', '_')}-0123456789`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
