import type { Browser, BrowserContext } from 'playwright-core';
import { platform } from '../fixtures/platform/platform';
import { Trader } from '../fixtures/platform/trader';
import { contextFor, launch, layoutShiftOf, overflowOf, type Screen, screenshot, seriousFindings } from './browser';
import { Visitor } from './visitor';

const SETUP_MS = 120_000;
/** Above this a page counts as one that jumps (web.dev, "Cumulative Layout Shift"). */
const LAYOUT_SHIFT_MAX = 0.1;

type PageCase = { readonly name: string; readonly path: string; readonly heading: string };

const OPEN_PAGES: readonly PageCase[] = [
  { name: 'landing', path: '/', heading: 'Prove your trading. Check the verdict.' },
  { name: 'register', path: '/register/', heading: 'Create an account' },
  { name: 'login', path: '/login/', heading: 'Sign in' },
  { name: 'verify', path: '/verify/#token=unused', heading: 'Confirm your e-mail address' },
  { name: 'reset-request', path: '/reset-password/', heading: 'Reset your password' },
  { name: 'verify-without-link', path: '/verify/', heading: 'Confirm your e-mail address' },
  { name: 'reset-confirm', path: '/reset-password/#token=unused', heading: 'Choose a new password' },
  { name: 'tiers', path: '/tiers/', heading: 'Choose an assessment' },
  { name: 'leaderboards', path: '/leaderboards/', heading: 'Leaderboards' },
  { name: 'cancelled', path: '/checkout/cancelled/', heading: 'Checkout cancelled' },
  { name: 'missing', path: '/no-such-page/', heading: 'There is no such page' },
];

/** Goal: every page can be used by everybody, on a phone and in both themes, and stands still while it loads. */
describe('pages', () => {
  const facts = platform();
  const trader = new Trader(facts);
  let browser: Browser;
  let tierName: string;
  let ownPages: readonly PageCase[];

  beforeAll(async () => {
    browser = await launch();
    await trader.register();
    const [tier] = (await trader.call('GET', '/tiers')).body.tiers;
    tierName = tier.name;
    const { purchaseId } = await trader.buy(tier.slug);
    ownPages = [
      { name: 'assessments', path: '/assessments/', heading: 'My assessments' },
      { name: 'odds', path: `/odds/?assessment=${trader.assessmentId}`, heading: 'Odds' },
      { name: 'account', path: '/account/', heading: 'Your account' },
      { name: 'complete', path: `/checkout/complete/?purchase=${purchaseId}`, heading: 'Your assessment is ready' },
      { name: 'desk', path: `/desk/?assessment=${trader.assessmentId}`, heading: tierName },
      { name: 'report', path: `/report/?assessment=${trader.assessmentId}`, heading: tierName },
      { name: 'evidence', path: `/evidence/?assessment=${trader.assessmentId}`, heading: `Evidence: ${tierName}` },
    ];
  }, SETUP_MS);
  afterAll(() => browser.close());

  const inspect = async (context: BrowserContext, pages: readonly PageCase[], screen: Screen, theme: string) => {
    const visitor = new Visitor(await context.newPage(), facts);
    const broken: string[] = [];
    visitor.page.on('pageerror', (error) => broken.push(`script error: ${error.message}`));
    visitor.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) broken.push(message.text());
    });
    for (const { name, path, heading } of pages) {
      await visitor.open(path);
      await visitor.page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await visitor.page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
      broken.push(...(await seriousFindings(visitor.page)).map((finding) => `${name}: ${finding}`));
      const overflow = await overflowOf(visitor.page);
      if (overflow > 0) broken.push(`${name}: ${overflow} px wider than the screen`);
      const shift = await layoutShiftOf(visitor.page);
      if (shift > LAYOUT_SHIFT_MAX) broken.push(`${name}: moves by ${shift.toFixed(3)} while it loads`);
      await screenshot(visitor.page, `${name}-${screen}-${theme}`);
    }
    return broken;
  };

  test.each`
    screen       | theme
    ${'desktop'} | ${'light'}
    ${'phone'}   | ${'dark'}
  `(
    'are accessible, fit and stand still: $screen, $theme',
    async ({ screen, theme }: { screen: Screen; theme: 'light' | 'dark' }) => {
      const stranger = await contextFor(browser, screen, theme);
      expect(await inspect(stranger, OPEN_PAGES, screen, theme)).toEqual([]);
      await stranger.close();
      const context = await contextFor(browser, screen, theme);
      await new Visitor(await context.newPage(), facts).signIn(trader.email, '/assessments/');
      expect(await inspect(context, ownPages, screen, theme)).toEqual([]);
      await context.close();
    },
    SETUP_MS,
  );

  test('a stranger who asks for the desk signs in first and then gets there', async () => {
    const context = await contextFor(browser, 'desktop', 'light');
    const visitor = new Visitor(await context.newPage(), facts);
    const path = `/desk/?assessment=${trader.assessmentId}`;
    await visitor.open(path);
    await visitor.page.waitForURL('**/login/?next=**');
    await visitor.signIn(trader.email, path);
    await visitor.page.getByText('Live', { exact: true }).waitFor();
    await context.close();
  });

  test('a reload keeps the session, another trader’s desk stays shut, and signing out ends it', async () => {
    const context = await contextFor(browser, 'desktop', 'light');
    const visitor = new Visitor(await context.newPage(), facts);
    await visitor.signIn(trader.email, '/assessments/');
    await visitor.page.reload();
    await visitor.link(/^Open desk/).waitFor();
    await visitor.open('/desk/?assessment=0190a000-0000-7000-8000-000000000001');
    await visitor.page.getByText('No assessment of yours is at this address').waitFor();
    await visitor.button('Sign out').click();
    await visitor.link('Sign in').waitFor();
    await visitor.open('/assessments/');
    await visitor.page.waitForURL('**/login/?next=**');
    await context.close();
  });

  test('the theme that was chosen survives a reload, against the system’s', async () => {
    const context = await contextFor(browser, 'desktop', 'light');
    const visitor = new Visitor(await context.newPage(), facts);
    await visitor.open('/');
    const background = () => visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await visitor.button('Use the dark theme').click();
    const dark = await background();
    await visitor.page.reload();
    expect([await background(), dark === light]).toEqual([dark, false]);
    await context.close();
  });

  test('the keyboard reaches the content first, then the ticket without a mouse', async () => {
    const context = await contextFor(browser, 'desktop', 'light');
    const visitor = new Visitor(await context.newPage(), facts);
    await visitor.signIn(trader.email, `/desk/?assessment=${trader.assessmentId}`);
    const ticket = visitor.panel('Order ticket');
    await ticket.getByLabel('Quantity', { exact: true }).waitFor();
    await visitor.page.reload();
    await ticket.getByLabel('Quantity', { exact: true }).waitFor();
    await visitor.page.keyboard.press('Tab');
    expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await visitor.page.keyboard.press('Enter');
    expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('content');
    await ticket.getByLabel('Quantity', { exact: true }).focus();
    await visitor.page.keyboard.press('ArrowUp');
    const least = await ticket.getByLabel('Quantity', { exact: true }).inputValue();
    expect(Number(least)).toBeGreaterThan(0);
    await ticket.getByLabel('Quantity', { exact: true }).fill(`${Number(least) / 2}`);
    await visitor.page.keyboard.press('Enter');
    await ticket.getByText(/^Must be at least/).waitFor();
    await ticket.getByRole('radio', { name: /^Buy/ }).focus();
    await visitor.page.keyboard.press('ArrowRight');
    await ticket.getByRole('button', { name: /^Sell/ }).waitFor();
    await context.close();
  });
});
