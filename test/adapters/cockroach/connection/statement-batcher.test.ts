import { DatabaseUnavailable } from '../../../../adapters/cockroach/connection/database-errors';
import { statementBatcher } from '../../../../adapters/cockroach/connection/statement-batcher';

type Item = { readonly key: string; readonly name: string };
type Group = { readonly names: string; readonly end: (outcome: ReadonlySet<string> | Error) => void };

/** A server whose answers the test gives, and everything that went to it. */
function server() {
  const groups: Group[] = [];
  const save = statementBatcher<Item>({
    sizes: [1, 2, 4],
    keyOf: ({ key }) => key,
    run: (items) =>
      new Promise((resolve, reject) => {
        const names = items.map(({ name }) => name).join('');
        groups.push({ names, end: (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)) });
      }),
  });
  return { groups, saved: (name: string, key = name) => save({ key, name }) };
}

/** A whole turn of the event loop: all that can go has gone. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const all = ({ names }: Group): ReadonlySet<string> => new Set(names);
const ended = (group: Group | undefined, outcome: ReadonlySet<string> | Error): void => group?.end(outcome);

test.each`
  story                                                        | waiting                    | sent
  ${'a lone item goes at once'}                                | ${['a']}                   | ${['a']}
  ${'two share the two places'}                                | ${['a', 'b']}              | ${['a', 'b']}
  ${'four go as two and two'}                                  | ${[...'abcd']}             | ${['ab', 'cd']}
  ${'a group has a size that can go'}                          | ${[...'abcdef']}           | ${['ab', 'cdef']}
  ${'more than the largest size waits'}                        | ${[...'abcdefghijk']}      | ${['abcd', 'efgh']}
  ${'two of one account never go together'}                    | ${['a1', 'a2', 'b']}       | ${['ab', 'a']}
  ${'and the first of them goes first, others fill the group'} | ${['a1', 'a2', 'a3', 'b']} | ${['ab', 'a']}
`('$story', async ({ waiting, sent }: { waiting: string[]; sent: string[] }) => {
  const { groups, saved } = server();
  for (const name of waiting) void saved(name.slice(0, 1), name.slice(0, 1));
  await turn();
  expect(groups.map(({ names }) => names)).toEqual(sent);
});

test('what waited goes when a group is back, and everyone hears of their own', async () => {
  const { groups, saved } = server();
  const answers = Promise.all([...'abcde'].map((name) => saved(name)));
  await turn();
  ended(groups[0], new Set('a'));
  await turn();
  for (const group of groups.slice(1)) ended(group, all(group));
  expect(groups.map(({ names }) => names)).toEqual(['ab', 'cd', 'e']);
  expect(await answers).toEqual([true, false, true, true, true]);
});

test('after a failure each is tried alone: no item suffers for another', async () => {
  const { groups, saved } = server();
  const answers = Promise.allSettled([...'abcd'].map((name) => saved(name)));
  await turn();
  ended(groups[0], new Error('one of them cannot be'));
  ended(groups[1], all(groups[1] as Group));
  await turn();
  ended(groups[2], new Error('it is this one'));
  await turn();
  ended(groups[3], new Set('b'));
  expect(groups.map(({ names }) => names)).toEqual(['ab', 'cd', 'a', 'b']);
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});

test('a database that cannot be reached is the same to all: nothing is tried again', async () => {
  const { groups, saved } = server();
  const answers = Promise.allSettled([...'abcd'].map((name) => saved(name)));
  await turn();
  for (const group of [...groups]) ended(group, new DatabaseUnavailable('gone'));
  expect((await answers).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect(groups).toHaveLength(2);
  void saved('e');
  await turn();
  expect(groups[2]?.names).toBe('e');
});
