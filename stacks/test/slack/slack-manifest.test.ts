import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackManifestOf } from '../../slack/slack-manifest.ts';
import { sourceText } from './production-sources.ts';

const schema = JSON.parse(readFileSync(new URL('manifest.schema.json', import.meta.url), 'utf8')) as object;
// Not strict: Slack's schema has a keyword of its own, `regex`.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

const receiverUrl = 'https://abcdefghij.lambda-url.eu-central-1.on.aws/';
const portalUrl = 'https://zyxwvutsrq.lambda-url.eu-central-1.on.aws/';
const vera = { botName: 'Vera', company: 'Northwind Clinic Systems', receiverUrl, agent: true, readsSlack: true };

function problemsOf(manifest: object): unknown {
  isValid(manifest);
  return isValid.errors;
}

describe('the manifest', () => {
  it("is valid against Slack's schema, as an agent and not", () => {
    expect(problemsOf(slackManifestOf(vera))).toBeNull();
    expect(problemsOf(slackManifestOf({ ...vera, agent: false }))).toBeNull();
    expect(problemsOf(slackManifestOf({ ...vera, portalUrl }))).toBeNull();
  });

  it('is valid whatever the bot and the company are called', async () => {
    const name = fc.string({ minLength: 1, maxLength: 35, unit: 'grapheme' }).filter((text) => text.length <= 35 && text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.option(fc.string({ maxLength: 400 }), { nil: undefined }),
        fc.boolean(),
        async (botName, company, agent) => {
          expect(
            problemsOf(slackManifestOf({ botName, ...(company === undefined ? {} : { company }), receiverUrl, agent, readsSlack: true })),
          ).toBeNull();
        },
      ),
    );
  });

  it('would be found out by the schema: the check sees a wrong key, a long name and a URL without scheme', () => {
    const manifest = slackManifestOf(vera);
    expect(problemsOf({ ...manifest, surplus: 1 })).toMatchObject([{ keyword: 'additionalProperties' }]);
    expect(problemsOf({ ...manifest, display_information: { name: 'x'.repeat(36) } })).toMatchObject([{ keyword: 'maxLength' }]);
    expect(problemsOf({ ...manifest, settings: { event_subscriptions: { request_url: 'abc' } } })).toMatchObject([{ keyword: 'pattern' }]);
  });

  it('sends events and interactions to the receiver', () => {
    const { event_subscriptions, interactivity } = slackManifestOf(vera).settings;
    expect([event_subscriptions.request_url, interactivity.request_url, interactivity.is_enabled]).toEqual([
      receiverUrl,
      receiverUrl,
      true,
    ]);
  });

  it('has the slash command of its name, the shortcut on messages that is known to the receiver, and a home tab', () => {
    const { slash_commands, shortcuts, app_home } = slackManifestOf({ ...vera, botName: 'vera' }).features;
    expect(slash_commands).toMatchObject([{ command: '/vera', url: receiverUrl, should_escape: false }]);
    expect(shortcuts).toMatchObject([
      { name: 'Ask Vera about this', type: 'message' },
      { name: 'How this came about', type: 'message' },
    ]);
    expect(sourceText('packages/protocol/src/classify-shortcut.ts')).toContain(`askShortcutId = '${shortcuts[0]?.callback_id}'`);
    expect(sourceText('packages/protocol/src/classify-shortcut.ts')).toContain(`explainShortcutId = '${shortcuts[1]?.callback_id}'`);
    expect(app_home.home_tab_enabled).toBe(true);
  });

  it.each([
    ['Iris', '/iris', 'Ask Iris about this'],
    ['Dr. Ünal Bot', '/dr-unal-bot', 'Ask about this message'],
    ['ヴェラ', '/vera', 'Ask ヴェラ about this'],
    ['x'.repeat(35), `/${'x'.repeat(31)}`, 'Ask about this message'],
  ])('called %s goes by %s and %s', (botName, command, name) => {
    const { slash_commands, shortcuts } = slackManifestOf({ ...vera, botName }).features;
    expect([slash_commands[0]?.command, shortcuts[0]?.name]).toEqual([command, name]);
  });

  it('lets people sign in at the auth portal: with the scope that it asks for, and back to the path where it waits', () => {
    const { oauth_config, features } = slackManifestOf({ ...vera, portalUrl });
    expect(oauth_config).toMatchObject({ redirect_urls: [`${portalUrl}signed-in`], scopes: { user: ['openid'] } });
    expect(sourceText('packages/auth-portal/src/auth-portal.ts')).toContain("app.get('/signed-in'");
    expect(sourceText('packages/auth-portal/src/slack-sign-in.ts')).toContain("scope: 'openid'");
    expect(features.agent_view?.suggested_prompts).toContainEqual({ title: 'Connect my accounts', message: 'connect my accounts' });
    expect(oauth_config.scopes.bot).toEqual(slackManifestOf(vera).oauth_config.scopes.bot);
  });

  it('without the portal asks people for nothing, and offers no accounts', () => {
    const { oauth_config, features } = slackManifestOf(vera);
    expect(Object.keys(oauth_config)).toEqual(['scopes']);
    expect(Object.keys(oauth_config.scopes)).toEqual(['bot']);
    expect(JSON.stringify(features)).not.toContain('accounts');
  });

  it('lets people write to the bot directly', () => {
    expect(slackManifestOf(vera).features.app_home).toMatchObject({ messages_tab_enabled: true, messages_tab_read_only_enabled: false });
  });

  it('without agent features asks for nothing of theirs', () => {
    const { features, oauth_config, settings } = slackManifestOf({ ...vera, agent: false });
    expect(features).not.toHaveProperty('agent_view');
    expect(oauth_config.scopes.bot).not.toContain('assistant:write');
    expect(settings.event_subscriptions.bot_events).toEqual([
      'app_home_opened',
      'app_mention',
      'member_joined_channel',
      'message.channels',
      'message.groups',
      'message.im',
      'message.mpim',
      'reaction_added',
    ]);
  });

  it('shows the name with a capital, as people write it', () => {
    const { display_information, features } = slackManifestOf({ ...vera, botName: 'vera' });
    expect([display_information.name, features.bot_user.display_name]).toEqual(['Vera', 'Vera']);
  });

  it('names the company where there is room for it', () => {
    expect(slackManifestOf(vera).display_information.description).toContain('Northwind Clinic Systems');
    const long = { ...vera, company: 'x'.repeat(100) };
    expect(slackManifestOf(long).display_information.description).toContain('your own knowledge');
    expect(slackManifestOf(long).features.agent_view?.agent_description).toContain(long.company);
  });

  it.each([
    ['a name of 36 characters', { botName: 'x'.repeat(36) }, '1 to 35 characters'],
    ['a blank name', { botName: ' ' }, '1 to 35 characters'],
    ['a URL without TLS', { receiverUrl: 'http://example.com/' }, 'https:// only'],
    ['something that is no URL', { receiverUrl: 'receiver' }, 'https:// only'],
    ['a portal without TLS', { portalUrl: 'http://example.com/' }, "portal URL 'http://example.com/': Slack sends to https:// only"],
  ])('refuses %s and says why', (_, wrong, message) => {
    expect(() => slackManifestOf({ ...vera, ...wrong })).toThrow(message);
  });
});
