import type { ChangeState } from '@vera/protocol/change';

/** What a change comes to of which nobody takes care any more. */
export function endOfChange(state: ChangeState): ChangeState {
  switch (state) {
    case 'proposed':
      return 'expired';
    case 'approved':
      return 'failed';
    case 'started':
      return 'unknown';
    case 'denied':
    case 'expired':
    case 'done':
    case 'failed':
    case 'unknown':
      return state;
  }
}
