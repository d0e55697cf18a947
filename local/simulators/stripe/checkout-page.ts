import { escaped } from '../html-text';
import type { Session } from './objects';

/** The stand-in's payment page. It says what it is: nobody shall type a real card here. */
export const checkoutPage = (session: Session, problem?: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Checkout (test)</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem; }
  label { display: block; margin: 0.8rem 0 0.2rem; }
  input { font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem; }
  button { font: inherit; margin-top: 1.2rem; padding: 0.6rem 1.2rem; width: 100%; }
  .total { font-size: 1.6rem; font-variant-numeric: tabular-nums; }
  .problem { border: 2px solid #b42318; padding: 0.5rem 0.8rem; }
</style>
<main>
  <h1>Checkout</h1>
  <p>Local stand-in for Stripe: no money moves. Pay with 4242&nbsp;4242&nbsp;4242&nbsp;4242; the card
    4000&nbsp;0000&nbsp;0000&nbsp;0002 is declined.</p>
  <p class="total">$${(session.amount_total / 100).toFixed(2)}</p>
  ${problem ? `<p class="problem" role="alert">${problem}</p>` : ''}
  <form method="post" action="/c/pay/${session.id}">
    <label for="card">Card number</label>
    <input id="card" name="card" inputmode="numeric" autocomplete="cc-number" value="4242424242424242" required>
    <label for="expiry">Expiry</label>
    <input id="expiry" name="expiry" autocomplete="cc-exp" value="12/34" required>
    <label for="cvc">CVC</label>
    <input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" value="123" required>
    <label for="name">Name on card</label>
    <input id="name" name="name" autocomplete="cc-name" value="Terry Trader" required>
    <button type="submit">Pay $${(session.amount_total / 100).toFixed(2)}</button>
  </form>
  ${session.cancel_url ? `<p><a href="${escaped(session.cancel_url)}">Cancel</a></p>` : ''}
</main>
</html>`;
