/** Every page, dialog, window, panel and menu there is, with something to show in it, and how each is opened. */
import type { Page } from '@playwright/test';
import { PAGES } from '#page/parts.ts';
import type { Person } from '#test/harness/accounts.ts';

type Furnished = { chatId: string; projectId: string; agentId: string };

/** A chat with a failed reply in it, one in the archive, a key, somebody who is answered: each page has something to show. */
export async function furnish(ada: Person): Promise<Furnished> {
  const post = async (path: string, json: unknown) =>
    (await ada.fetch(path, { method: 'POST', json })).json();
  const content = '/script tokens=20 rate=0 fail=mid';
  const { chat } = await post('/api/v1/messages', { chat: { tags: ['pilot'] }, message: { content } });
  const { id } = await post('/api/v1/chats', { title: 'Put away' });
  await ada.fetch(`/api/v1/chats/${id}`, { method: 'PATCH', json: { archived: true } });
  await post('/api/v1/api-keys', { name: 'Notebook' });
  await post('/api/v1/admin/invites', { email: 'bob@example.org' });
  await post('/api/v1/messages', { chat: {}, message: { content: '/script tokens=9000 rate=20' } });
  const project = await post('/api/v1/projects', { name: 'Bridges', description: 'What carries what' });
  await post('/api/v1/messages', { chat: { projectId: project.id }, message: { content: 'Hello' } });
  await post(`/api/v1/projects/${project.id}/invites`, { role: 'viewer' });
  const agent = await post('/api/v1/agents', {
    name: 'Poet',
    description: 'Answers in verse',
    starters: ['Write about the sea'],
    parameters: { temperature: 0.9 },
  });
  await ada.fetch(`/api/v1/agents/${agent.id}`, { method: 'PATCH', json: { instructions: 'Rhyme.' } });
  const role = { name: 'Calculator', scope: 'project', projectId: project.id };
  await post('/api/v1/agents', role);
  return { chatId: chat.id, projectId: project.id, agentId: agent.id };
}

/** The addresses of all pages, one with no page and a chat that is not there among them. */
export function pathsOf({ chatId, projectId, agentId }: Furnished): string[] {
  const others = ['/', `/c/${chatId}`, '/c/01890000-0000-7000-8000-000000000000', '/no/such/page'];
  const tabs = ['', '/agents', '/members', '/settings'].map((tab) => `/projects/${projectId}${tab}`);
  const agents = ['', '/new', `/${agentId}`, `/${agentId}/1`].map((page) => `/agents${page}`);
  const pages = PAGES.flatMap(({ path }) => {
    // It only leads to what it has become.
    if (path === '/archive') return [];
    if (path.startsWith('/projects/:')) return tabs;
    return path.startsWith('/agents') ? agents : path.replace(':token', 'some-token');
  });
  return [...others, ...pages];
}

/** The dialogs of pages: where each is, how it is opened, and the entry of the menu that this opens, if it does. */
export function dialogsOf(
  page: Page,
  { projectId }: Furnished,
): [path: string, open: () => Promise<void>, entry?: string][] {
  const button = (name: RegExp | string) => page.getByRole('button', { name });
  const members = `/projects/${projectId}/members`;
  return [
    ['/projects', () => button('New project').click()],
    [members, () => button('Invite people').click()],
    [`/projects/${projectId}/settings`, () => button('Delete project').click()],
    ['/chats', () => button('More filters').click()],
    ...['Add a tag', 'Remove a tag', 'Move to a project'].map((action): [string, () => Promise<void>] => [
      '/chats',
      () => withSelected(page, action),
    ]),
    ['/keys', () => button('New key').click()],
    ['/keys', () => button('Revoke: Notebook').click()],
    ['/admin/endpoints', () => button('Add an endpoint').click()],
    ['/admin/endpoints', () => button('Actions for scripted').click(), 'Edit'],
    ['/admin/endpoints', () => button('Actions for scripted').click(), 'Delete'],
    ['/admin/users', () => button('Change: Default limits').click()],
    ['/admin/users', () => button('Invite').click()],
    ['/admin/users', () => button('Actions for Ada').click(), 'Link for a new password'],
    ['/admin/users', () => button('Actions for Ada').click(), 'Role and limits'],
    ['/admin/users', () => button('Actions for Ada').click(), 'Disable'],
    ['/admin/queue', () => button(/^Stop/).first().click()],
  ];
}

/** Asks for something to be done to the first chat there is. */
async function withSelected(page: Page, action: string): Promise<void> {
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: action }).click();
}

const fromSettings = (action: string) => async (page: Page) => {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await page.getByRole('main').getByRole('button', { name: action }).click();
};

/** How each window and panel is opened by whoever has a chat in front of them. */
export const OPENED: Record<string, (page: Page) => Promise<void>> = {
  'change-password': fromSettings('Change password'),
  profile: fromSettings('Name and email'),
  'second-factor': fromSettings('Second factor'),
  'sign-ins': fromSettings('Where you are signed in'),
  'sign-out-everywhere': fromSettings('Sign out everywhere'),
  'delete-account': fromSettings('Delete account'),
  told: async (page) => {
    await page.getByRole('button', { name: 'About this reply' }).first().click();
    await page.getByRole('button', { name: 'What was sent' }).click();
  },
  search: (page) => page.keyboard.press('Control+k'),
  shortcuts: (page) => page.keyboard.press('Control+/'),
  preview: (page) => page.getByRole('button', { name: 'Preview', exact: true }).click(),
  share: (page) => page.locator('header').getByRole('button', { name: 'Share…' }).click(),
  'move-chat': async (page) => {
    await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
    await page.getByRole('menuitem', { name: 'Move to project' }).click();
  },
  'export-chat': async (page) => {
    await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
    await page.getByRole('menuitem', { name: 'Export' }).click();
  },
  'export-chats': async (page) => {
    await page.getByRole('link', { name: 'All chats' }).click();
    await page.getByRole('checkbox').first().check();
    await page
      .getByRole('region', { name: 'Selected chats' })
      .getByRole('button', { name: 'Export' })
      .click();
  },
  details: async (page) => {
    await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
    await page.getByRole('menuitem', { name: 'Details' }).click();
  },
  tags: async (page) => {
    await page.getByRole('link', { name: 'All chats' }).click();
    await page.getByRole('button', { name: 'Tags', exact: true }).click();
  },
  'chat-settings': async (page) => {
    await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
  },
  'raw-text': async (page) => {
    await page.locator('[data-role="assistant"]').first().getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Show as text' }).click();
  },
  'compare-models': async (page) => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).pressSequentially('/compare');
    await page.getByRole('option', { name: /^Compare models/ }).click();
  },
  tree: async (page) => {
    await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
    await page.getByRole('menuitem', { name: 'Overview' }).click();
  },
};

/** The buttons of a chat and its list that menus and popovers hang from. */
export const LAYERS = [/^Model/, 'Chat actions', 'About this reply', 'Rate this reply', 'More', /^Account/];
