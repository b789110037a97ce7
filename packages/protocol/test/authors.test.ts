import { describe, expect, it } from 'vitest';
import { messages } from './messages.ts';
import { questionIn, verdictOnEvent } from './verdict-on.ts';

const own = { kind: 'ignore', reason: 'our own message' };
const otherBot = { kind: 'ignore', reason: 'another bot' };

describe('who is heard', () => {
  it('R7 own message is ignored, even after the bot is renamed', () => {
    expect(verdictOnEvent(messages.ownReply())).toEqual(own);
    const bot_profile = { id: 'B01', name: 'Somebody Else', app_id: 'A01', user_id: 'UBOT' };
    expect(verdictOnEvent(messages.ownReply({ bot_profile, username: 'Somebody Else' }))).toEqual(own);
  });

  it('R7 own message is known by its app alone and by its bot user alone', () => {
    expect(verdictOnEvent(messages.ownReply({ user: undefined, text: '<@UBOT>' }))).toEqual(own);
    expect(verdictOnEvent(messages.ownReply({ app_id: undefined, bot_id: undefined, bot_profile: undefined }))).toEqual(own);
  });

  it('R7 own message is ignored in a direct message, as a mention and even when its bot id is on the allow list', () => {
    const rules = { allowedBotIds: ['B01'] };
    expect(verdictOnEvent(messages.ownReply({ channel: 'D01', channel_type: 'im' }), {}, rules)).toEqual(own);
    expect(verdictOnEvent(messages.ownReply({ type: 'app_mention', text: '<@UBOT> hi' }), {}, rules)).toEqual(own);
  });

  it('R7 a change of our own message is ignored', () => {
    expect(verdictOnEvent(messages.ownChange())).toEqual(own);
  });

  it('R8 another bot that mentions us is ignored, however it does so', () => {
    expect(verdictOnEvent(messages.otherBot())).toEqual(otherBot);
    expect(verdictOnEvent(messages.otherBot({ type: 'app_mention', channel_type: undefined }))).toEqual(otherBot);
    expect(verdictOnEvent(messages.otherBot({ channel: 'D01', channel_type: 'im' }))).toEqual(otherBot);
    expect(verdictOnEvent(messages.otherBot({ subtype: 'bot_message', user: undefined, username: 'deploys' }))).toEqual(otherBot);
  });

  it('R8 another bot is heard once its id is on the allow list, and only that one', () => {
    const rules = { allowedBotIds: ['B77'] };
    expect(questionIn(messages.otherBot(), {}, rules).userId).toBe('UDEPLOY');
    expect(questionIn(messages.otherBot({ subtype: 'bot_message', user: undefined }), {}, rules).userId).toBe('B77');
    expect(verdictOnEvent(messages.otherBot({ bot_id: 'B78' }), {}, rules)).toEqual(otherBot);
  });

  it('R8 a bot on the allow list that answers in a thread is ignored, so that two bots never talk for ever', () => {
    const event = messages.otherBot({ thread_ts: '1766458000.000100' });
    expect(verdictOnEvent(event, {}, { allowedBotIds: ['B77'] })).toEqual({ kind: 'ignore', reason: 'a bot in a thread' });
  });

  it('R8 a bot that hides its id is ignored', () => {
    const event = messages.otherBot({ subtype: 'bot_message', bot_id: undefined, app_id: undefined });
    expect(verdictOnEvent(event)).toEqual({ kind: 'ignore', reason: 'a bot without id' });
  });

  it('ignores what Slack itself says in a direct message', () => {
    for (const user of ['USLACK', 'USLACKBOT']) {
      expect(verdictOnEvent(messages.direct({ user }))).toEqual({ kind: 'ignore', reason: 'Slack itself' });
    }
  });

  it('hears a person whose event says null where others say nothing', () => {
    const event = messages.direct({ bot_id: null, app_id: null, subtype: null, thread_ts: null, files: null });
    expect(questionIn(event).userId).toBe('U01');
  });

  it('hears mentions also when Slack names no authorization', () => {
    expect(questionIn(messages.mention(), { authorizations: [] })).toMatchObject({ botUserId: '', isDirect: false });
    expect(questionIn(messages.mention(), { authorizations: undefined }).userId).toBe('U01');
  });
});
