import type { AccountEvent } from '../../web/lib/contract';
import { forgetEvents, keepEvents, keptEvents, type Store } from '../../web/lib/kept-events';
import { ACCOUNT } from './account';

const event = (accountVersion: number): AccountEvent => ({
  type: 'account-event',
  n: 1,
  accountId: ACCOUNT,
  accountVersion,
  eventId: `event-${accountVersion}`,
  event: 'assessment.day-opened',
  occurredAt: accountVersion,
  correlationId: 'c',
  data: {},
});

class FakeStore implements Store {
  readonly held = new Map<string, string>();
  isFull = false;
  get length() {
    return this.held.size;
  }
  key = (index: number) => [...this.held.keys()][index] ?? null;
  getItem = (key: string) => this.held.get(key) ?? null;
  removeItem = (key: string) => void this.held.delete(key);
  setItem(key: string, text: string) {
    if (this.isFull) throw new Error('QuotaExceededError');
    this.held.set(key, text);
  }
}

const known = (version: number) => ({ accountId: ACCOUNT, version });

/** Goal: a reload shows the events that this tab had shown, and a strange store breaks nothing. */
test('what was shown comes back, of this account alone', () => {
  const store = new FakeStore();
  keepEvents(store, ACCOUNT, [event(3), event(2)]);
  expect(keptEvents(store, known(9))).toEqual([event(3), event(2)]);
  expect(keptEvents(store, { ...known(9), accountId: 'another' })).toEqual([]);
});

test('what the account does not know of yet is left to be told again', () => {
  const store = new FakeStore();
  keepEvents(store, ACCOUNT, [event(3), event(2)]);
  expect(keptEvents(store, known(2))).toEqual([event(2)]);
});

test.each(['{', '7', '[1, null, {"eventId": 4}]', '{"eventId": "a"}'])('%s counts as nothing', (text) => {
  const store = new FakeStore();
  store.setItem(`pg-events:${ACCOUNT}`, text);
  expect(keptEvents(store, known(9))).toEqual([]);
});

test('a full store loses them, at most sixty are kept, and signing out forgets all', () => {
  const store = new FakeStore();
  const many = Array.from({ length: 100 }, (_, index) => event(100 - index));
  keepEvents(store, ACCOUNT, many);
  expect(keptEvents(store, known(100))).toHaveLength(60);
  store.isFull = true;
  keepEvents(store, ACCOUNT, many);
  expect(keptEvents(store, known(100))).toEqual([]);
  store.isFull = false;
  keepEvents(store, ACCOUNT, many);
  store.setItem('theme', 'dark');
  forgetEvents(store);
  expect([...store.held.keys()]).toEqual(['theme']);
});
