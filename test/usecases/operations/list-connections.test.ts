import { idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { listConnections } from '../../../usecases/operations/list-connections';
import { MemoryConnections } from '../../fakes/memory-connections';

const AT = instant(1_764_000_000_000);

/** Two gateways with three connections each, `a-1` to `b-3`, of two people in turns. */
async function world() {
  const connections = new MemoryConnections();
  for (const pod of ['b', 'a']) {
    const rows = [3, 1, 2].map((n) => ({
      connectionId: `${pod}-${n}`,
      userId: idOf<never>(n % 2 === 1 ? 'ann' : 'bob'),
      sessionId: idOf<never>(`session-${pod}-${n}`),
      network: n === 3 ? '2001:db8:1::/48' : '203.0.113.0/24',
      connectedAt: AT,
      accounts: 1,
      instruments: 2,
      framesSent: 3,
      unreadBytes: 4,
      toldAt: AT,
    }));
    await connections.tell({ pod, since: AT, rows, gone: [] });
  }
  const ann = { userId: idOf<never>('ann'), email: 'Ann@Example.com', displayName: 'Ann', roles: [], passwordHash: '' };
  const identities = { findByEmail: async (key: string) => (key === 'ann@example.com' ? ann : undefined) };
  return { connections, list: listConnections({ connections, identities }) };
}

const idsOf = ({ connections }: { readonly connections: readonly { readonly connectionId: string }[] }) =>
  connections.map(({ connectionId }) => connectionId).join(' ');

/** Goal: an operator finds anybody who is connected, and turns pages without missing or seeing one twice. */
test.each`
  search               | found
  ${undefined}         | ${'a-1 a-2 a-3 b-1 b-2 b-3'}
  ${'ANN@example.com'} | ${'a-1 a-3 b-1 b-3'}
  ${'eve@example.com'} | ${''}
  ${'bob'}             | ${'a-2 b-2'}
  ${'203.0'}           | ${'a-1 a-2 b-1 b-2'}
  ${'2001:DB8'}        | ${'a-3 b-3'}
  ${'session-b-2'}     | ${'b-2'}
  ${'b-'}              | ${'b-1 b-2 b-3'}
  ${'nowhere'}         | ${''}
`('searching $search finds: $found', async ({ search, found }) => {
  const { list } = await world();
  const page = await list({ search, limit: 50 });
  expect([idsOf(page), page.next]).toEqual([found, null]);
  expect(page.pods).toEqual([
    { pod: 'a', since: AT, connections: 3 },
    { pod: 'b', since: AT, connections: 3 },
  ]);
});

test.each`
  limit | search               | pages
  ${2}  | ${undefined}         | ${['a-1 a-2', 'a-3 b-1', 'b-2 b-3']}
  ${3}  | ${undefined}         | ${['a-1 a-2 a-3', 'b-1 b-2 b-3']}
  ${4}  | ${undefined}         | ${['a-1 a-2 a-3 b-1', 'b-2 b-3']}
  ${3}  | ${'ann@example.com'} | ${['a-1 a-3 b-1', 'b-3']}
`('pages of $limit, searching $search', async ({ limit, search, pages }) => {
  const { list } = await world();
  const seen: string[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await list({ search, limit, after });
    seen.push(idsOf(page));
    after = page.next;
  }
  expect(seen).toEqual(pages);
});

test('who leaves between two pages takes nobody else with them', async () => {
  const { connections, list } = await world();
  const first = await list({ limit: 2 });
  await connections.tell({ pod: 'a', since: AT, rows: [], gone: ['a-2'] });
  expect(idsOf(await list({ limit: 2, after: first.next ?? '' }))).toBe('a-3 b-1');
  await connections.leave('a');
  expect(idsOf(await list({ limit: 2, after: first.next ?? '' }))).toBe('b-1 b-2');
});
