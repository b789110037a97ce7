import { createPageServer, type PageServerParams } from '@vera/page/page-server';
import { pageFolder } from '@vera/page/test/browser-page';
import { type OpenPage, openPage } from './open-page.ts';

/** The page of a system that runs in this process, open in a browser. */
export async function showPage(parts: Pick<PageServerParams, 'slack' | 'road' | 'lab' | 'spansOf' | 'documentsFolder'>): Promise<OpenPage> {
  await using started = new AsyncDisposableStack();
  const server = started.use(await createPageServer({ ...parts, pageFolder, port: 0 }));
  const opened = started.use(await openPage(server.url));
  const running = started.move();
  return { ...opened, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
