/**
 * The tools that only read, by their exact names, of servers that do not annotate them. No pattern: names that begin as a read does often
 * end as a write, such as `get_or_create_term`. Whatever else a server lists is a write until it is written down here.
 */
export const knownReads = {
  /** The GET operations of the OpenAPI documents behind the gateway, and counting, which Jira takes as a POST. */
  gateway: [
    ...namesOf(
      'jira___',
      'searchIssues countIssues getIssue listComments searchProjects getProject listBoards listSprints listSprintIssues searchFields findUsers',
    ),
    ...namesOf('confluence___', 'searchContent getPage listPageChildren listPageComments listSpaces getSpace'),
    ...namesOf(
      'pagerduty___',
      'listIncidents getIncident listIncidentNotes listIncidentLogEntries listIncidentAlerts listOnCalls listEscalationPolicies ' +
        'getEscalationPolicy listSchedules getSchedule listScheduleUsers listServices getService listUsers getUser',
    ),
  ],
  /** atlanhq/agent-toolkit names them with `_tool`, the hosted server without; both can also query a warehouse, which is no read of ours. */
  atlan: namesOf(
    '',
    'search_assets search_assets_tool get_assets get_assets_by_dsl get_assets_by_dsl_tool semantic_search traverse_lineage ' +
      'traverse_lineage_tool',
  ),
  /** https://help.splunk.com/en/splunk-enterprise/mcp-server-for-splunk-platform; its search runs SPL, which can also write. */
  splunk: namesOf('splunk_get_', 'info indexes index_info metadata user_info user_list kv_store_collections knowledge_objects'),
  /**
   * Each of its tools routes to the commands of one service. By `--read-only` none of those that write are left, in ours at least: some
   * of its tools are other companies' servers.
   */
  azure: namesOf(
    '',
    'acr advisor aks appservice applicationinsights compute containerapps cosmos eventgrid eventhubs functionapp grafana kusto ' +
      'loadtesting monitor mysql policy postgres pricing quota redis resourcehealth role search servicebus servicefabric signalr sql ' +
      'storage virtualdesktop',
  ),
  /**
   * The managed server's (https://docs.aws.amazon.com/agent-toolkit/latest/userguide/understanding-mcp-server-tools.html). A script is a read
   * because the role that it runs with can do nothing else, and the sandbox has no network but the APIs. `aws___call_aws`, which did one
   * call at a time with the same rights, was removed in us-east-1 on 31 August 2026 (awslabs/mcp#4581), and may still be there elsewhere.
   */
  aws: namesOf(
    'aws___',
    'run_script call_aws suggest_aws_commands get_tasks search_documentation read_documentation retrieve_skill recommend list_regions ' +
      'get_regional_availability',
  ),
} as const;

function namesOf(prefix: string, names: string): string[] {
  return names.split(' ').map((name) => prefix + name);
}
