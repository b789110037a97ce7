type Fields = Readonly<Record<string, unknown>>;

const authorization = { enterprise_id: null, team_id: 'T01', user_id: 'UBOT', is_bot: true, is_enterprise_install: false };

/** An `event_callback` as Slack posts it to app `A01`, whose bot user is `UBOT`. */
export function envelopeOf(event: Fields, more: Fields = {}): Fields {
  return {
    token: 't',
    team_id: 'T01',
    context_team_id: 'T01',
    context_enterprise_id: null,
    api_app_id: 'A01',
    event,
    type: 'event_callback',
    event_id: 'Ev0A',
    event_time: 1766458026,
    authorizations: [authorization],
    is_ext_shared_channel: false,
    event_context: '4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUMDEiLCJhaWQiOiJBMDEiLCJjaWQiOiJDMDEifQ',
    ...more,
  };
}
