import { html } from 'htm/preact';

const paths = {
  hash: 'M4 7.5h13M3 12.5h13M8.5 3 6.5 17M13.5 3l-2 14',
  lock: 'M5 9.5h10v7H5zM7 9.5V6.5a3 3 0 0 1 6 0v3',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  close: 'M5 5l10 10M15 5L5 15',
  send: 'M3 16.5 17 10 3 3.5 5 9l6 1-6 1z',
  attach: 'M15.5 9.5 9.8 15.2a3.4 3.4 0 0 1-4.8-4.8l6-6a2.3 2.3 0 0 1 3.2 3.2l-5.8 5.8a1.1 1.1 0 0 1-1.6-1.6l5.2-5.2',
  edit: 'M4 16l.8-3.4L13 4.4a1.6 1.6 0 0 1 2.4 2.4l-8.2 8.3z',
  trash: 'M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5',
  thread: 'M3.5 4.5h13v9h-7l-3 3v-3h-3zM7 7.8h6M7 10.4h4',
  road: 'M5 16h7.5a3 3 0 0 0 0-6h-5a3 3 0 0 1 0-6H15',
  good: 'M7 9v7H4V9zM7 9l3-5.5c1.4 0 2 .9 1.7 2.2L11.2 8H16l-1 6.6c-.1.8-.8 1.4-1.6 1.4H7',
  bad: 'M7 11V4H4v7zM7 11l3 5.5c1.4 0 2-.9 1.7-2.2L11.2 12H16l-1-6.6c-.1-.8-.8-1.4-1.6-1.4H7',
  stop: 'M6 6h8v8H6z',
  sign: 'M7.2 3h5.6L17 7.2v5.6L12.8 17H7.2L3 12.8V7.2z',
  done: 'M4.5 10.5 8.5 14.5 15.5 6',
  ask: 'M10 16.2v.3M7.2 7.2a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.2-1.5 2.5',
  glass: 'M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zM12.7 12.7 17 17',
  file: 'M5 3h7l3 3v11H5zM12 3v3h3',
} as const;

/** A drawing beside words or a labelled button; screen readers skip it. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${paths[name]} /></svg>`;
}
