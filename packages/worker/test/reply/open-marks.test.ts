import { expect, test } from 'vitest';
import { endingOf } from '../../src/reply/open-marks.ts';
import { UnshownText } from '../../src/reply/unshown-text.ts';

test.each([
  ['It is **very impor', '**'],
  ['It is **bold and *both', '***'],
  ['Run `npm inst', '`'],
  ['Run ``a ` b', '``'],
  ['A ~~strike', '~~'],
  ['All **closed** and `code` and *so*.', ''],
  ['2 * 3 and snake_case and a_b', ''],
  ['**open before**\n\nnothing now', ''],
  ['**left open\n\nthe paragraph ended it', ''],
  ['- item one\n- **item tw', '**'],
])('what is open at the end is closed: %j', (text, closing) => {
  expect(endingOf(text)).toMatchObject({ cut: 0, closing });
});

test.each(['See [the runbook](https://exam', 'See [the run', 'See <https://exam'])(
  'half an address goes, rather than lead elsewhere: %j',
  (text) => {
    const unshown = new UnshownText();
    unshown.add(text);
    unshown.addBelow('_Stopped._');
    expect(unshown.takeRest()).toBe('See \n\n_Stopped._');
  },
);

test('last words are not drawn into what broke off above them', () => {
  const unshown = new UnshownText();
  unshown.add('tant');
  unshown.addBelow('It ends here.', 'It is **very impor');
  expect(unshown.takeRest('It is **very impor')).toBe('tant**\n\nIt ends here.');
  unshown.addBelow('_Stopped._', 'It is **very ');
  expect(unshown.takeRest('It is **very ')).toBe('…**\n\n_Stopped._');
});
