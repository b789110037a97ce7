/** As in `narrow.css`: one thing fits beside another no more. */
export const narrow = matchMedia('(max-width: 800px)');
