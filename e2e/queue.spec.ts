import { ChatPage, expect, test, testAlone } from './harness/story.ts';

testAlone(
  'the bubble shows the place in line, and moves forward when somebody leaves it',
  async ({ visit, ownServer }) => {
    test.setTimeout(180_000);
    const people = await Promise.all([0, 1, 2].map(async () => new ChatPage(await visit())));
    const [first, second, third] = people as [ChatPage, ChatPage, ChatPage];
    for (const person of people) await person.open();
    await ownServer.database.db.$client.query('UPDATE endpoints SET slots = 1');

    await first.send('I am being served\n/script tokens=5000 rate=60');
    await first.hasWritten(20);
    await second.send('I am next\n/script tokens=3000 rate=60');
    await expect(second.reply).toContainText('You are next');
    await expect(second.reply.getByTestId('the-line')).toBeVisible();
    await third.send('I am last\n/script tokens=20 rate=60');
    await expect(third.reply).toContainText('2nd of 2');
    await expect(second.reply).toContainText('Next of 2');
    await expect(third.list.getByRole('img', { name: 'A reply is waiting in line' })).toBeVisible();

    // A refresh keeps the place; leaving the line moves those behind forward.
    await third.page.reload();
    await expect(third.reply).toContainText('2nd of 2');
    await second.reply.getByRole('button', { name: 'Leave the line' }).click();
    await second.hasState('cancelled');
    await expect(third.reply).toContainText('You are next');
    await first.page.keyboard.press('Escape');
    await third.hasState('completed');
  },
);

testAlone(
  'who waits for a model that is being loaded sees their place, and an estimate that is over says so',
  async ({ visit, ownServer }) => {
    const [first, second] = (await Promise.all([0, 1].map(async () => new ChatPage(await visit())))) as [
      ChatPage,
      ChatPage,
    ];
    for (const person of [first, second]) await person.open();
    await ownServer.database.db.$client.query('UPDATE endpoints SET slots = 1');
    await first.send('Quick, so that there is something to estimate from\n/script tokens=2');
    await first.hasState('completed');
    await first.send('/script loading=60000 tokens=5');
    await expect(first.reply).toContainText(/Loading the model · \d+ s/);
    await ownServer.database.db.$client.query(`UPDATE endpoints SET health = 'loading'`);
    await second.send('I wait');
    await expect(second.reply).toContainText('You are next');
    await expect(second.reply).toContainText('The model is loading for the replies ahead of you.');
    await expect(second.reply).not.toContainText('Loading the model');
    await expect(second.reply).toContainText('taking longer than expected');
  },
);

test('a model that is being loaded says so', async ({ chat }) => {
  await chat.open();
  await chat.send('/script loading=2500 tokens=5');
  await expect(chat.reply).toContainText(/Loading the model · \d+ s/);
  await chat.hasState('completed');
});
