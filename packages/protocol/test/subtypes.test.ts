import { describe, expect, it } from 'vitest';
import { messages } from './messages.ts';
import { questionIn, verdictOnEvent } from './verdict-on.ts';

const notWrittenByPeople = [
  'message_replied',
  'channel_join',
  'channel_leave',
  'channel_topic',
  'channel_purpose',
  'channel_name',
  'channel_archive',
  'channel_unarchive',
  'channel_posting_permissions',
  'channel_convert_to_private',
  'group_join',
  'ekm_access_denied',
  'assistant_app_thread',
  'reminder_add',
  'a_subtype_of_next_year',
];

describe('subtypes of a message', () => {
  it('R9 an upload in a direct message keeps its files', () => {
    const url = 'https://files.slack.com/files-pri/T01-F01/download/a.png';
    expect(questionIn(messages.upload())).toMatchObject({
      text: 'what is this?',
      files: [{ id: 'F01', name: 'a.png', mimetype: 'image/png', size: 12, url }],
    });
  });

  it('R9 an upload without a word is a question too', () => {
    for (const text of ['', undefined, null]) expect(questionIn(messages.upload({ text })).files).toHaveLength(1);
  });

  it('R9 a file of which Slack says next to nothing still reaches the agent', () => {
    const files = [
      { id: 'F02', file_access: 'check_file_info' },
      { id: 'F03', name: null, mimetype: null, size: null, mode: 'external' },
    ];
    const unknown = { name: 'file', mimetype: 'application/octet-stream', size: 0 };
    expect(questionIn(messages.upload({ files })).files).toEqual([
      { id: 'F02', ...unknown },
      { id: 'F03', ...unknown },
    ]);
  });

  it('takes a reply that was also sent to the channel', () => {
    const event = messages.inChannel({ subtype: 'thread_broadcast', thread_ts: '1766450000.000001', root: messages.ownReply() });
    expect(questionIn(event)).toMatchObject({ threadTs: '1766450000.000001', messageTs: '1766458026.240809' });
  });

  it('takes what a person says with /me', () => {
    expect(questionIn(messages.direct({ subtype: 'me_message' })).text).toBe('who is on call?');
  });

  it.each(notWrittenByPeople)('ignores %s, also when it mentions us', (subtype) => {
    const ignored = { kind: 'ignore', reason: `subtype ${subtype}` };
    expect(verdictOnEvent(messages.inChannel({ subtype }))).toEqual(ignored);
    expect(verdictOnEvent(messages.direct({ subtype }))).toEqual(ignored);
  });
});
