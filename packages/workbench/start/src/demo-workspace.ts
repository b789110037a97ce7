import type { Workspace } from '@vera/slack-stand-in/workspace';

const teamId = 'T04NCLINIC1';
const bot = 'U07VERA0B0T';
const maya = 'U04MAYALQ21';
const tom = 'U05TOMOKF83';
const ines = 'U06INESCV47';
const joris = 'U08JORISVM5';
const lena = 'U09LENAGUES';
const deploybot = 'U04DEPLOYBT';
const pagerDuty = 'U04PAGERDTY';
const alertmanager = 'U04ALERTMGR';
const colleagues = [maya, tom, ines];

/** Slack at Northwind Clinic Systems; `demo/README.md` tells who these people are. */
export const demoWorkspace: Workspace = {
  teamId,
  teamDomain: 'northwind-clinic',
  appId: 'A07VERA9APP',
  botUserId: bot,
  botId: 'B07VERA0B0T',
  botName: 'Vera',
  botToken: 'xoxb-local-northwind-vera',
  signingSecret: 'b1f0c6d8e2a94735a6c1d0f3e5b79824',
  users: [
    {
      id: maya,
      name: 'maya',
      realName: 'Maya Lindqvist',
      title: 'Engineering lead, Payments',
      timezone: 'Europe/Dublin',
      email: 'maya.lindqvist@northwind.example',
    },
    {
      id: tom,
      name: 'tom',
      realName: 'Tom Okafor',
      title: 'Clinic support lead',
      timezone: 'Europe/London',
      email: 'tom.okafor@northwind.example',
    },
    {
      id: ines,
      name: 'ines',
      realName: 'Ines Carvalho',
      title: 'Site reliability engineer, Platform',
      timezone: 'Europe/Lisbon',
      email: 'ines.carvalho@northwind.example',
    },
    {
      id: joris,
      name: 'joris',
      realName: 'Joris Vermeer',
      title: 'Technical account manager, Corvo Payments',
      timezone: 'Europe/Amsterdam',
      email: 'joris.vermeer@corvo.example',
      teamId: 'T02CORVOPAY',
    },
    {
      id: lena,
      name: 'lena',
      realName: 'Lena Fischer',
      title: 'Contractor, laptops (a guest of the workspace)',
      timezone: 'Europe/Dublin',
      email: 'lena.fischer@fieldhands.example',
      guest: 'multi',
    },
    { id: deploybot, name: 'deploybot', realName: 'Deploybot', title: 'Announces releases', botId: 'B04DEPLOYBT' },
    { id: pagerDuty, name: 'pagerduty', realName: 'PagerDuty', title: 'Tells of incidents', botId: 'B04PAGERDTY' },
    { id: alertmanager, name: 'alertmanager', realName: 'Alertmanager', title: 'Tells of alerts', botId: 'B04ALERTMGR' },
  ],
  channels: [
    { id: 'C04GENERAL1', name: 'general', kind: 'channel', members: [...colleagues, deploybot, bot], topic: 'News for everyone' },
    {
      id: 'C04PAYONCAL',
      name: 'payments-oncall',
      kind: 'channel',
      members: [...colleagues, deploybot, bot],
      topic: 'Payments on-call. This week: Elena, then Maya. INC-482 is open',
    },
    {
      id: 'C05ITHELP77',
      name: 'it-help',
      kind: 'channel',
      members: [...colleagues, lena, bot],
      topic: 'Laptops, accounts, VPN. Urgent? Extension 4100',
    },
    {
      id: 'C04RELEASES',
      name: 'releases',
      kind: 'channel',
      members: [...colleagues, deploybot, bot],
      topic: 'What is going to production. Freeze from 18 December',
    },
    {
      id: 'C04PAYALERT',
      name: 'payments-alerts',
      kind: 'channel',
      members: [...colleagues, pagerDuty, alertmanager, bot],
      topic: 'What PagerDuty and Alertmanager have to say of Payments',
    },
    { id: 'C04LEADERS0', name: 'leadership', kind: 'group', members: [maya, tom, bot], topic: 'Leads only' },
    {
      id: 'C08CORVONCS',
      name: 'corvo-northwind',
      kind: 'channel',
      members: [maya, ines, joris, bot],
      topic: 'Shared with Corvo Payments. No patient data here',
      isExtShared: true,
    },
    { id: 'D04MAYAVERA', name: 'maya', kind: 'im', members: [maya, bot] },
    { id: 'D05TOMVERA0', name: 'tom', kind: 'im', members: [tom, bot] },
    { id: 'D06INESVERA', name: 'ines', kind: 'im', members: [ines, bot] },
    { id: 'D09LENAVERA', name: 'lena', kind: 'im', members: [lena, bot] },
  ],
};
