import { type Person, signUp } from '#test/harness/accounts.ts';
import { expect, testAlone as test } from './harness/story.ts';

async function ask(person: Person, text: string): Promise<string> {
  const answer = await person.fetch('/api/v1/messages', {
    method: 'POST',
    json: { chat: {}, message: { content: text, modelId: 'scripted/demo' } },
  });
  return ((await answer.json()) as { generation: { id: string } }).generation.id;
}

test('an admin watches the line, reorders it, stops a reply, pauses and resumes', async ({
  visit,
  ownServer,
}) => {
  test.setTimeout(180_000);
  const ada = await signUp(ownServer.url, { name: 'Ada' });
  const people = await Promise.all(['Bob', 'Cem', 'Dan'].map((name) => signUp(ownServer.url, { name })));
  await ownServer.database.db.$client.query('UPDATE endpoints SET slots = 1');
  const page = await visit({ as: ada });
  await page.goto('/admin/queue');
  const board = page.getByRole('region', { name: 'scripted' });
  await expect(board).toContainText('0 of 1 slot busy · nobody waiting');

  await ask(people[0]!, 'First\n/script tokens=9000 rate=60');
  const running = board.getByRole('list', { name: 'Being answered' }).getByRole('listitem');
  const waiting = board.getByRole('list', { name: 'Waiting' }).getByRole('listitem');
  await expect(running).toContainText('Bob');
  // Counted by the server's clock and second by second, whatever the range: the plot ends later than now.
  await expect(running).toContainText(/ · \d+(\.\d)? s/);
  await page.getByRole('radio', { name: 'Last day' }).check({ force: true });
  await expect(running).toContainText(/ · \d+(\.\d)? s/);
  await page.getByRole('radio', { name: 'Last hour' }).check({ force: true });
  await ask(people[1]!, 'Second\n/script tokens=9000 rate=60');
  await ask(people[2]!, 'Third\n/script tokens=9000 rate=60');
  await expect(waiting).toHaveText([/Cem/, /Dan/]);
  await expect(board.getByRole('img', { name: '1 of 1 slot busy · 2 waiting' })).toBeVisible();

  await board.getByRole('button', { name: 'Move Dan to the front' }).click();
  await expect(waiting).toHaveText([/Dan/, /Cem/]);
  await board.getByLabel('Priority of Dan').selectOption('Background');
  await expect(waiting).toHaveText([/Cem/, /Dan/]);

  await board.getByRole('button', { name: 'Pause: scripted' }).click();
  await expect(board).toContainText('Paused: new messages join the line, but none are started.');
  await board.getByRole('button', { name: 'Stop the reply to Bob' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(board).toContainText('0 of 1 slot busy · 2 waiting');
  await board.getByRole('button', { name: 'Resume: scripted' }).click();
  await expect(running).toContainText('Cem');

  await board.getByRole('button', { name: 'Drain: scripted' }).click();
  await expect(board).toContainText('Draining');
  await board.getByRole('button', { name: 'Remove Dan from the line' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(board).toContainText('nobody waiting');
  await board.getByRole('button', { name: 'Resume: scripted' }).click();

  // What ended is in the numbers, and in the table beside the plot.
  await board.getByLabel('Show as a table: Replies').click();
  await expect(
    board.getByRole('figure').filter({ hasText: 'stopped' }).getByRole('row').last(),
  ).toBeVisible();
  await page.getByRole('radio', { name: 'Last day' }).check({ force: true });
  await board.getByLabel('Show as a table: Replies').click();
  await expect(board.getByRole('figure').first().getByRole('row')).toHaveCount(97);
});
