import type { Browser } from 'playwright-core';
import { DEMO_USERS } from '../../local/demo-users';
import { conductDetection } from '../../runtime/compose/risk-desk';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;

/** Goal: who turns a position round within a minute is looked at by a person, who puts on record what came of it. */
describe('the risk desk', () => {
  const facts = platform();
  const trader = new Trader(facts);
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
    // A tier that news does not stop: another story may have scheduled some.
    await trader.buy('sprint-10k');
    for (const side of ['buy', 'sell', 'sell'] as const) {
      const { status, body } = await trader.order(side, 'BTC-USD', '0.01');
      if (status !== 201) throw new Error(`${side}: ${status} ${JSON.stringify(body)}`);
    }
    // What the platform does every few minutes.
    process.env.DATABASE_SECRET = facts.databaseSecret;
    await (await conductDetection())();
  }, STORY_MS);
  afterAll(() => browser.close());

  test(
    'a reversal waits for a person, is decided with a reason, and is decided anew',
    async () => {
      const [, { email, password }] = DEMO_USERS;
      const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      await visitor.signIn(email, '/risk/', password);
      const desk = visitor.panel('Signals');
      const row = desk.getByRole('row').filter({ hasText: trader.accountId });
      await row.getByText('Reversing').first().waitFor();
      await row.getByRole('button', { name: 'Decide Reversing' }).click();
      const form = desk.getByRole('form', { name: 'Decision on a signal' });
      await form.getByRole('button', { name: 'Put on record' }).click();
      await form.getByRole('alert').waitFor();
      expect(await seriousFindings(visitor.page)).toEqual([]);
      await screenshot(visitor.page, 'risk-desk-refused');
      await form.getByLabel('Reason').fill('A stop and a new view, nothing else');
      await form.getByRole('button', { name: 'Put on record' }).click();
      await form.waitFor({ state: 'detached' });
      await row.waitFor({ state: 'detached' });

      await desk.getByRole('button', { name: 'Decided', exact: true }).click();
      await row.getByText(/^Dismissed by you, .*: A stop and a new view, nothing else$/).waitFor();
      await row.getByRole('button', { name: 'Decide anew Reversing' }).click();
      await form.getByLabel('Decision').selectOption('confirmed');
      await form.getByLabel('Reason').fill('Done every day since');
      await form.getByRole('button', { name: 'Put on record' }).click();
      await row.getByText(/^Confirmed by you, .*: Done every day since$/).waitFor();
      await row.getByText(/^Dismissed by you/).waitFor();
      await screenshot(visitor.page, 'risk-desk');
      await visitor.page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(visitor.page)).toBe(0);
      await screenshot(visitor.page, 'risk-desk-phone');
    },
    STORY_MS,
  );

  test(
    'a trader is not let in',
    async () => {
      const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
      await visitor.signIn(trader.email, '/risk/');
      await visitor.page.getByText('This page is for the firm’s risk staff').waitFor();
      expect(await visitor.link('Risk desk').count()).toBe(0);
      expect((await trader.call('GET', '/risk/signals?which=all')).status).toBe(403);
    },
    STORY_MS,
  );
});
