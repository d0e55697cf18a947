import type { Browser } from 'playwright-core';
import { CLOSE } from '../../contracts/ws/messages';
import { DEMO_USERS } from '../../local/demo-users';
import { platform } from '../fixtures/platform/platform';
import { eventually, Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;

/** Goal: an admin sees who is connected where, and ends a session whose line closes at once. */
describe('the connections page', () => {
  const facts = platform();
  const trader = new Trader(facts);
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
  }, STORY_MS);
  afterAll(() => browser.close());

  test(
    'somebody is found by mail address, and their session is ended with a reason',
    async () => {
      const live = await trader.live();
      const [, { email, password }] = DEMO_USERS;
      const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      await visitor.signIn(email, '/admin/connections/', password);
      const { page } = visitor;
      const panel = visitor.panel('Connected');
      await visitor.panel('Gateways').getByRole('row').nth(1).waitFor();
      await panel.getByLabel('Search').fill('xy');
      await visitor.button('Search').click();
      await panel.getByText('must have at least 3 characters', { exact: false }).waitFor();
      await panel.getByLabel('Search').fill(trader.email);
      await visitor.button('Search').click();
      const row = panel.getByRole('row').filter({ hasText: 'session' });
      // A connection is listed within the three seconds of a round.
      await eventually('the connection is listed', async () => {
        await visitor.button('Refresh').click();
        return (await row.count()) === 1 ? true : undefined;
      });
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'connections');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, 'connections-phone');
      await row.getByRole('button', { name: /^End/ }).click();
      const form = panel.getByRole('form', { name: 'Ending of a session' });
      await form.getByRole('button', { name: 'End this session' }).click();
      await form.getByText('must say why', { exact: false }).first().waitFor();
      await form.getByLabel('Reason').fill('The trader asked for it');
      expect(await seriousFindings(page)).toEqual([]);
      await form.getByRole('button', { name: 'End this session' }).click();
      expect(await live.closed).toBe(CLOSE.ticketInvalid);
      await form.waitFor({ state: 'detached' });
    },
    STORY_MS,
  );

  test(
    'a trader is not let in',
    async () => {
      const other = new Trader(facts);
      await other.register();
      const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      await visitor.signIn(other.email, '/admin/connections/');
      await visitor.page.getByText('This page is for the firm’s admins').waitFor();
      expect((await other.call('GET', '/admin/connections')).status).toBe(403);
    },
    STORY_MS,
  );
});
