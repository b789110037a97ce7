import { lookAround } from '../../check/look-around.ts';
import { lookAtPortal } from '../../check/look-at-portal.ts';
import { lookAtReceiver } from '../../check/look-at-receiver.ts';
import { addressesOf, addressRight } from '../addresses-of.ts';
import type { Check } from '../check.ts';

const rights = [addressRight];

export const receiverCheck: Check = {
  part: 'receiver',
  asks: 'Does it answer what Slack sends, signed as Slack signs?',
  rights: [...rights, 'secretsmanager:GetSecretValue'],
  concerns: () => true,
  async look(patient) {
    const [{ receiver }, keys] = await Promise.all([addressesOf(patient), patient.keys()]);
    const { fetch, nameOf } = patient;
    return [await lookAtReceiver({ url: receiver, functionName: nameOf('receiver'), signingSecret: keys.SLACK_SIGNING_SECRET, fetch })];
  },
};

export const portalCheck: Check = {
  part: 'portal',
  asks: 'Does it show its page where people are sent?',
  rights,
  concerns: () => true,
  async look(patient) {
    const { portal: url } = await addressesOf(patient);
    return [await lookAtPortal({ url, functionName: patient.nameOf('auth-portal'), fetch: patient.fetch })];
  },
};

export const frontCheck: Check = {
  part: 'front',
  asks: 'Do the functions behind it answer to nobody else?',
  rights,
  concerns: ({ front }) => front !== undefined,
  async look(patient) {
    const { own } = await addressesOf(patient);
    return [await lookAround(own, patient.fetch)];
  },
};
