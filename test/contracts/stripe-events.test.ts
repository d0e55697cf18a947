import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STRIPE_EVENTS } from '../../contracts/webhooks/stripe';

test('the deploy guide asks Stripe for the events that are read, and for no others', () => {
  const guide = readFileSync(join(__dirname, '../../docs/how-to/deploy.md'), 'utf8');
  const named = [...guide.matchAll(/`((?:charge|checkout\.session|refund)\.[a-z_.]+)`/g)].map(([, event]) => event);
  expect(named.sort()).toEqual([...STRIPE_EVENTS].sort());
});
