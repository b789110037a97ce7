type Fields = Readonly<Record<string, unknown>>;

/** Inner events as Slack sends them; `more` replaces fields, undefined leaves one out. */
export const messages = {
  direct: (more: Fields = {}): Fields => ({
    type: 'message',
    user: 'U01',
    ts: '1766458020.000100',
    client_msg_id: '0a7b8c',
    text: 'who is on call?',
    team: 'T01',
    blocks: [],
    channel: 'D01',
    event_ts: '1766458020.000100',
    channel_type: 'im',
    ...more,
  }),

  /** The `message` of a mention. */
  inChannel: (more: Fields = {}): Fields => ({
    ...messages.mention(),
    type: 'message',
    channel_type: 'channel',
    ...more,
  }),

  /** Its twin, which has no `channel_type`. */
  mention: (more: Fields = {}): Fields => ({
    type: 'app_mention',
    user: 'U01',
    ts: '1766458026.240809',
    client_msg_id: '66cc9473-12a2-4934-bd57-301917883ae3',
    text: '<@UBOT> who is on call?',
    team: 'T01',
    blocks: [{ type: 'rich_text', block_id: 'jEztr', elements: [] }],
    channel: 'C01',
    event_ts: '1766458026.240809',
    ...more,
  }),

  /** What comes back of an answer of ours: no subtype, our bot user, our app. */
  ownReply: (more: Fields = {}): Fields => ({
    type: 'message',
    user: 'UBOT',
    ts: '1766458029.244159',
    bot_id: 'B01',
    app_id: 'A01',
    text: 'Bob is on call.',
    team: 'T01',
    bot_profile: { id: 'B01', deleted: false, name: 'Vera', updated: 1766422444, app_id: 'A01', user_id: 'UBOT', team_id: 'T01' },
    thread_ts: '1766458026.240809',
    parent_user_id: 'U01',
    blocks: [],
    channel: 'C01',
    event_ts: '1766458029.244159',
    channel_type: 'channel',
    ...more,
  }),

  /** What comes back of a change of ours: no user and no bot id at the top. */
  ownChange: (): Fields => ({
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: 'C01',
    channel_type: 'channel',
    ts: '1766458033.001300',
    event_ts: '1766458033.001300',
    message: messages.ownReply({ edited: { user: 'B01', ts: '1766458033.000000' } }),
    previous_message: messages.ownReply({ text: 'Processing...' }),
  }),

  otherBot: (more: Fields = {}): Fields => messages.inChannel({ user: 'UDEPLOY', bot_id: 'B77', app_id: 'A77', ...more }),

  upload: (more: Fields = {}): Fields =>
    messages.direct({
      subtype: 'file_share',
      text: 'what is this?',
      files: [
        {
          id: 'F01',
          created: 1760688042,
          name: 'a.png',
          title: 'a.png',
          mimetype: 'image/png',
          filetype: 'png',
          user: 'U01',
          size: 12,
          mode: 'hosted',
          is_external: false,
          url_private: 'https://files.slack.com/files-pri/T01-F01/a.png',
          url_private_download: 'https://files.slack.com/files-pri/T01-F01/download/a.png',
          file_access: 'visible',
        },
      ],
      upload: true,
      display_as_bot: false,
      ...more,
    }),
};
