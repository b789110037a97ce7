import DOMPurify from 'dompurify';
import { html } from 'htm/preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';

export interface RichProps {
  /** What `renderMarkdown` or `renderMrkdwn` gave; cleaned once more before it is shown. */
  readonly content: string;
  readonly look: string;
  readonly linkTestid?: string;
}

/** HTML made of what people and models wrote. */
export function Rich({ content, look, linkTestid }: RichProps) {
  const element = useRef<HTMLDivElement>(null);
  const clean = useMemo(() => DOMPurify.sanitize(content, { ADD_ATTR: ['target'], FORBID_TAGS: ['style', 'img', 'form'] }), [content]);
  useLayoutEffect(() => {
    if (linkTestid === undefined) return;
    for (const link of element.current?.querySelectorAll('a') ?? []) link.dataset.testid = linkTestid;
  }, [clean, linkTestid]);
  return html`<div ref=${element} class=${look} dangerouslySetInnerHTML=${{ __html: clean }}></div>`;
}
