import { describe, expect, it } from 'vitest';
import { startAtlassian } from './start-atlassian.ts';

const anasLine = "Written with Vera's help, at Ana Lima's request in Slack.";
const anasElement = '<p><em>Written with Vera&#39;s help, at Ana Lima&#39;s request in Slack.</em></p>';

describe('create_confluence_page', () => {
  it.each(['ENG', 'eng', 'engineering'])('shows the page and creates it as the person, in the space %s', async (space) => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const input = { space, title: 'Terminals', text: 'a < b', parent: 'Settlement files' };
    const proposal = await atlassian.propose('create_confluence_page', input, ana);
    expect(proposal).toMatchObject({
      title: 'Create the page "Terminals" in Engineering (ENG)',
      changes: [
        { field: 'Title', after: 'Terminals' },
        { field: 'Below', after: 'Settlement files' },
        { field: 'Text', after: `a < b\n\n${anasLine}` },
      ],
    });
    expect(atlassian.confluence.pages).toHaveLength(3);
    const { link } = await atlassian.perform('create_confluence_page', proposal, ana);
    const page = atlassian.confluence.pages.at(-1);
    expect(page).toMatchObject({
      title: 'Terminals',
      space: 'ENG',
      parentId: '2',
      authorId: '1:ana',
      storage: `<p>a &lt; b</p>${anasElement}`,
    });
    expect(link?.url).toBe(`https://clinic.example/wiki/pages/viewpage.action?pageId=${page?.id}`);
  });

  it.each([
    [{ space: 'HID' }, 'There are: <data from="Atlassian">\nEngineering (ENG).'],
    [{ title: 'Settlement files' }, 'a page "Settlement files" already (id 2)'],
    [{ parent: 'Unheard of' }, 'No page has exactly the title'],
    [{ parent: '9' }, 'does not know this'],
    [{ title: 'x'.repeat(256) }, 'title'],
  ])('refuses %j to who does not see more', async (wrong, words) => {
    await using atlassian = await startAtlassian();
    const input = { space: 'ENG', title: 'T', text: 'x', ...wrong };
    const refusal = atlassian.propose('create_confluence_page', input, atlassian.account('bo'));
    await expect(refusal).rejects.toMatchObject({ code: 'tool', message: expect.stringContaining(words) });
  });
});

describe('update_confluence_page', () => {
  it('appends, and keeps what is there to the letter', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const before = atlassian.confluence.pages.find(({ id }) => id === '2')?.storage;
    const proposal = await atlassian.propose('update_confluence_page', { page: 'Settlement files', append: 'And `v5`.' }, ana);
    expect(proposal.changes).toEqual([{ field: 'Added at the end', after: `And \`v5\`.\n\n${anasLine}` }]);
    await atlassian.perform('update_confluence_page', proposal, ana);
    const page = atlassian.confluence.pages.find(({ id }) => id === '2');
    expect(page).toMatchObject({
      ...{ storage: `${before}<p>And <code>v5</code>.</p>${anasElement}`, title: 'Settlement files' },
      version: { number: 5, authorId: '1:ana', message: "With Vera's help" },
    });
    const again = await atlassian.propose('update_confluence_page', { page: '2', append: 'More' }, ana);
    expect(again.changes).toEqual([{ field: 'Added at the end', after: 'More' }]);
  });

  it('replaces text and title, with the whole text before and after', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const proposal = await atlassian.propose('update_confluence_page', { page: '2', text: 'New', new_title: 'Files' }, ana);
    expect(proposal.changes).toEqual([
      { field: 'Title', before: 'Settlement files', after: 'Files' },
      { field: 'Text', before: 'Corvo sends v4 files.\n- one\n- two', after: `New\n\n${anasLine}` },
    ]);
    await atlassian.perform('update_confluence_page', proposal, ana);
    expect(atlassian.confluence.pages.find(({ id }) => id === '2')).toMatchObject({ title: 'Files', storage: `<p>New</p>${anasElement}` });
  });

  it('a new title alone leaves the text', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const before = atlassian.confluence.pages.find(({ id }) => id === '2')?.storage;
    await atlassian.perform(
      'update_confluence_page',
      await atlassian.propose('update_confluence_page', { page: '2', new_title: 'Files' }, ana),
      ana,
    );
    expect(atlassian.confluence.pages.find(({ id }) => id === '2')).toMatchObject({ title: 'Files', storage: before });
  });

  it('writes over nothing that came meanwhile', async () => {
    await using atlassian = await startAtlassian();
    const [ana, bo] = [atlassian.account('ana'), atlassian.account('bo')];
    const mine = await atlassian.propose('update_confluence_page', { page: '2', text: 'Mine' }, ana);
    const theirs = await atlassian.propose('update_confluence_page', { page: '2', append: 'Theirs' }, bo);
    await atlassian.perform('update_confluence_page', theirs, bo);
    atlassian.asked.length = 0;
    await expect(atlassian.perform('update_confluence_page', mine, ana)).rejects.toMatchObject({
      code: 'tool',
      message: expect.stringContaining('changed meanwhile'),
    });
    expect(atlassian.asked).toEqual(['GET /wiki/api/v2/pages/2']);
    expect(atlassian.confluence.pages.find(({ id }) => id === '2')?.storage).toContain('Theirs');
  });

  it('refuses what would change nothing, a title that is taken, and both texts at once', async () => {
    await using atlassian = await startAtlassian();
    const ana = atlassian.account('ana');
    const propose = (input: object) => atlassian.propose('update_confluence_page', { page: '2', ...input }, ana);
    await atlassian.perform('update_confluence_page', await propose({ text: 'Same' }), ana);
    await expect(propose({ text: 'Same' })).rejects.toThrow('nothing would change');
    await expect(propose({})).rejects.toThrow('nothing would change');
    await expect(propose({ new_title: 'Engineering' })).rejects.toThrow('already (id 1)');
    await expect(propose({ text: 'a', append: 'b' })).rejects.toThrow('not both');
  });
});
