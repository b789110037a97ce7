type Fields = Readonly<Record<string, unknown>>;

/** Bodies as Slack posts them to app `A01` with the bot user `UBOT`. */
export const envelopes = {
  of: (event: Fields, eventId = 'Ev01'): string =>
    JSON.stringify({
      token: 't',
      team_id: 'T01',
      api_app_id: 'A01',
      event,
      type: 'event_callback',
      event_id: eventId,
      event_time: 1766458026,
      authorizations: [{ enterprise_id: null, team_id: 'T01', user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
      is_ext_shared_channel: false,
    }).replaceAll('/', '\\/'),

  mention: (eventId?: string, more: Fields = {}): string =>
    envelopes.of({ ...said, type: 'app_mention', channel: 'C01', text: '<@UBOT> who is on call?', ...more }, eventId),

  /** The same mention as the channel's message. */
  twin: (eventId?: string, more: Fields = {}): string =>
    envelopes.of({ ...said, type: 'message', channel: 'C01', channel_type: 'channel', text: '<@UBOT> who is on call?', ...more }, eventId),

  direct: (eventId?: string, more: Fields = {}): string =>
    envelopes.of({ ...said, type: 'message', channel: 'D01', channel_type: 'im', text: 'who is on call?', ...more }, eventId),

  stop: (threadTs: string): string =>
    envelopes.of({ type: 'agent_session_stopped', channel: 'C01', user: 'U01', thread_ts: threadTs, event_ts: '1766458099.000001' }),

  /** A click on a card; `more` replaces fields of the payload. */
  decision: (action: Fields, more: Fields = {}): string =>
    clickOf({
      container: { type: 'message', message_ts: '1766458050.000200', channel_id: 'C01', thread_ts: '1766458026.240809' },
      actions: [{ type: 'button', block_id: 'b', action_ts: '1766458060.000000', ...action }],
      ...more,
    }),

  /** What somebody typed behind the slash command. */
  command: (text: string, more: Readonly<Record<string, string>> = {}): string =>
    new URLSearchParams({
      ...{ token: 't', team_id: 'T01', team_domain: 'x', channel_id: 'C01', channel_name: 'ops', user_id: 'U01', user_name: 'ann' },
      ...{ command: '/vera', text, api_app_id: 'A01', is_enterprise_install: 'false', trigger_id: '1.2.3' },
      response_url: 'https://hooks.slack.com/commands/T01/1/abc',
      ...more,
    }).toString(),

  shortcut: (): string =>
    interactionOf({
      type: 'message_action',
      callback_id: 'ask-about-message',
      action_ts: '1766458090.123456',
      trigger_id: '1.2.3',
      response_url: 'https://hooks.slack.com/app-actions/T01/1/abc',
      channel: { id: 'C01', name: 'ops' },
      message: { type: 'message', user: 'U02', ts: '1766458026.240809', text: 'The printer burns' },
    }),

  homeButton: (actionId: string): string =>
    clickOf({
      container: { type: 'view', view_id: 'V01' },
      view: { id: 'V01', type: 'home' },
      actions: [{ type: 'button', action_id: actionId, block_id: 'b', action_ts: '1766458060.000000' }],
    }),

  feedback: (value: string, threadTs: string): string => {
    return clickOf({
      container: { type: 'message', message_ts: '1766458050.000200', channel_id: 'C01', thread_ts: threadTs },
      actions: [{ type: 'feedback_buttons', action_id: 'feedback', block_id: 'b', value, action_ts: '1766458060.000000' }],
    });
  },
};

const said = { user: 'U01', ts: '1766458026.240809', event_ts: '1766458026.240809', client_msg_id: '66cc9473', team: 'T01' };

function clickOf(fields: Fields): string {
  return interactionOf({ type: 'block_actions', ...fields });
}

function interactionOf(fields: Fields): string {
  const payload = { user: { id: 'U01', team_id: 'T01' }, team: { id: 'T01', domain: 'x' }, ...fields };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
