import type { Browser } from 'playwright-core';
import { DEMO_USERS } from '../../local/demo-users';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, overflowOf, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const STORY_MS = 180_000;
const TEMPLATE = 'FTMO 2-Step 100K';
const NAME = 'Two steps of ours';
const SLUG = 'two-steps-of-ours';
const [, ADMIN] = DEMO_USERS;

/** Goal: what a firm publishes becomes a tier of this one, changed as it likes, and somebody buys it. */
describe('the tier editor', () => {
  const facts = platform();
  const trader = new Trader(facts);
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
  }, STORY_MS);
  afterAll(() => browser.close());

  const visit = async (email: string, password?: string) => {
    const visitor = new Visitor(await (await contextFor(browser, 'desktop', 'light')).newPage(), facts);
    await visitor.signIn(email, '/admin/tiers/', password);
    return visitor;
  };

  test(
    'a template is started from, changed in form and JSON, refused where it is wrong, published and bought',
    async () => {
      const visitor = await visit(ADMIN.email, ADMIN.password);
      const { page } = visitor;
      const lists = visitor.panel('What firms publish').getByRole('article', { name: TEMPLATE });
      await lists.getByText('a stop that is met fills: nobody is held in').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'tier-editor-lists');

      await visitor.button(`Start from this ${TEMPLATE}`).press('Enter');
      const form = page.getByRole('form', { name: `Draft of ${TEMPLATE}` });
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(`Draft of ${TEMPLATE}`);
      await visitor.button('Publish…').click();
      await form.getByText('Must be a plain decimal with at most 6 decimals').waitFor();
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent)).toBe(
        'Price, $',
      );
      await form.getByLabel('Price, $', { exact: true }).fill('349');
      await form.getByLabel('Short name').fill(SLUG);
      await page.getByLabel('Name', { exact: true }).fill(NAME);

      const draft = page.getByRole('form', { name: `Draft of ${NAME}` });
      const phase = draft.getByRole('region', { name: 'Phase 1: Challenge', exact: true });
      const words = phase.getByRole('region', { name: 'Phase 1: Challenge, in words' });
      await words
        .getByText(/^\$10,000 · 10/)
        .first()
        .waitFor();
      await phase.getByLabel('Daily loss, $').fill('20000');
      await words.getByText(/^\$20,000 · 20/).waitFor();
      const json = draft.getByLabel('The whole draft as JSON');
      await json.fill((await json.inputValue()).replace('"outcomePriceMax": "0.99"', '"outcomePriceMax": "zero"'));
      await visitor.button('Publish…').click();
      await draft.getByText('phases[0].rules.exposure.outcomePriceMax').waitFor();
      await visitor.button(/^Show line \d+$/).click();
      expect(await page.evaluate(() => window.getSelection()?.toString())).toBe('"zero"');
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'tier-editor-json');
      await json.fill((await json.inputValue()).replace('"zero"', '"0.99"'));

      await visitor.button('Publish…').click();
      const asked = page.getByRole('dialog', { name: `Put ${NAME} on sale?` });
      await asked.getByText('Nothing happens to accounts sold before.').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await screenshot(page, 'tier-editor-asked');
      await asked.getByRole('button', { name: 'Publish', exact: true }).click();
      await phase.getByText('Must not be above the maximum loss').waitFor();
      await screenshot(page, 'tier-editor-refused');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, 'tier-editor-phone');
      await phase.getByLabel('Daily loss, $').fill('4000');
      await visitor.button('Publish…').click();
      await asked.getByRole('button', { name: 'Publish', exact: true }).click();

      await page.getByText(`${NAME} is on sale, version 1`).waitFor();
      const row = visitor.panel('On sale').getByRole('row').filter({ hasText: SLUG });
      await row.getByText('3 steps of $100,000: Challenge → Verification → FTMO Account').waitFor();
      expect(await overflowOf(page)).toBe(0);
      await screenshot(page, 'tier-editor-lists-phone');
      await trader.buy(SLUG);
      const { body } = await trader.call('GET', `/assessments/${trader.assessmentId}`);
      expect(body).toMatchObject({ rules: { dailyLoss: { width: { kind: 'usd', usd: '4000.00' } } } });

      await visitor.button(`Change ${NAME}`).click();
      await page.getByText('is on sale by this short name').waitFor();
      await page.getByLabel('Price, $', { exact: true }).fill('299');
      await visitor.button('Back to the lists').click();
      await page.getByText(`The draft of ${NAME} is kept`).waitFor();
      await visitor.button('Go on with it').click();
      await visitor.button('Publish…').click();
      await page
        .getByRole('dialog')
        .getByText(/keeps version 1\.$/)
        .waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
      await row.getByText('$299').waitFor();
    },
    STORY_MS,
  );

  test(
    'a trader is not let in',
    async () => {
      const visitor = await visit(trader.email);
      await visitor.page.getByText('This page is for the firm’s administrators').waitFor();
      expect(await visitor.link('Tier editor').count()).toBe(0);
      expect((await trader.call('GET', '/admin/tier-templates')).status).toBe(403);
    },
    STORY_MS,
  );
});
