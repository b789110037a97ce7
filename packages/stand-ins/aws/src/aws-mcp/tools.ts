const text = (description: string) => ({ type: 'string', description });

/**
 * What `tools/list` of https://aws-mcp.us-east-1.api.aws/mcp gives since `aws___call_aws` was removed on 31 August 2026
 * (awslabs/mcp#4581). None of them carries an annotation (aws/agent-toolkit-for-aws#45).
 */
export const awsMcpTools = [
  tool(
    'aws___get_presigned_url',
    'Generate pre-signed Amazon S3 URLs for uploading or downloading files.',
    { operation: text('upload or download') },
    [],
  ),
  tool('aws___get_tasks', 'Poll the status of long-running tasks.', { task_ids: { type: 'array', items: { type: 'string' } } }, [
    'task_ids',
  ]),
  tool(
    'aws___run_script',
    'Execute Python code in sandboxed environment with AWS API access via call_boto3. No network except call_boto3.',
    { code: text('Python code to execute') },
    ['code'],
  ),
  tool('aws___get_regional_availability', 'Check AWS regional availability of services.', { region: text('A region') }, ['region']),
  tool('aws___list_regions', 'Retrieve a list of all AWS regions.', {}, []),
  tool('aws___read_documentation', 'Retrieve an AWS documentation page as markdown.', { url: text('Its address') }, ['url']),
  tool('aws___retrieve_skill', 'Retrieve domain-specific expertise.', { skill_name: text('Its name') }, ['skill_name']),
  tool('aws___search_documentation', 'Search across all AWS documentation.', { search_phrase: text('What to look for') }, [
    'search_phrase',
  ]),
];

function tool(name: string, description: string, properties: Readonly<Record<string, object>>, required: readonly string[]) {
  return { name, description, inputSchema: { type: 'object' as const, properties, required: [...required] } };
}
