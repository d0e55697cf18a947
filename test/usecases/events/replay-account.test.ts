import { replayAccount } from '../../../usecases/events/replay-account';
import type { AccountJournal, JournalEntry } from '../../../usecases/ports/accounts/account-journal';
import { memoryAccountJournal } from '../../fakes/memory-account-journal';
import { memoryAccountStore } from '../../fakes/memory-account-store';
import { memoryAssessmentStore } from '../../fakes/memory-assessment-store';
import { memoryWorld } from '../../fakes/memory-world';
import { changeTo, from, newDay } from '../../fixtures/changed-account';
import { dollars, NOW, newAssessment } from '../../fixtures/stored-account';

type Entries = readonly JournalEntry[];

/** An account of five events: it was opened, three days passed, and it passed. */
async function passed() {
  const world = memoryWorld();
  const accounts = memoryAccountStore(world);
  const { given, inbox } = newAssessment();
  const id = given.accountId;
  await memoryAssessmentStore(world).create(given, inbox);
  for (const day of ['2026-03-15', '2026-03-16', '2026-03-17']) {
    const snapshot = await accounts.load(id);
    if (!snapshot) throw new Error('opened above');
    const isLast = day === '2026-03-17';
    const verdict = { at: NOW, equityUsd: dollars(108_000), evidence: '{}', evidenceHash: 'a'.repeat(64) };
    await accounts.save(snapshot, changeTo(snapshot, newDay(from(snapshot), day), isLast ? { verdict } : {}));
  }
  const journal = memoryAccountJournal(world);
  /** The replay of a journal that is kept as `change` has it. */
  const replayed = async (change: (entries: Entries) => Entries, readAt = 5) => {
    const changed: AccountJournal = {
      page: async (of, after, limit) =>
        change(await journal.page(of, 0, 100))
          .filter(({ version }) => version > after)
          .slice(0, limit),
    };
    const load = async () => {
      const stored = await accounts.load(id);
      return stored && { ...stored, version: readAt };
    };
    const answer = await replayAccount({ accounts: { load }, journal: changed })(id);
    return answer.ok && answer.value;
  };
  return { replayed };
}

const typed = (at: number, type: string) => (entries: Entries) =>
  entries.map((entry) =>
    entry.version === at && 'event' in entry ? { ...entry, event: { ...entry.event, type } } : entry,
  );

/** Goal: a replay says how far the events tell the account, and in which of them or in which field they do not. */
test.each`
  case                     | change                                                                     | events | difference
  ${'what was written'}    | ${(entries: Entries) => entries}                                           | ${5}   | ${null}
  ${'nothing'}             | ${() => []}                                                                | ${0}   | ${'event 1 is missing'}
  ${'no first event'}      | ${(entries: Entries) => entries.slice(1)}                                  | ${0}   | ${'event 1 is missing'}
  ${'no event between'}    | ${(entries: Entries) => entries.toSpliced(2, 1)}                           | ${2}   | ${'event 3 is missing'}
  ${'no last event'}       | ${(entries: Entries) => entries.slice(0, -1)}                              | ${4}   | ${'event 5 is missing'}
  ${'an event twice'}      | ${(e: Entries) => e.flatMap((one, at) => (at === 2 ? [one, one] : [one]))} | ${3}   | ${'event 3 is there twice'}
  ${'what cannot be read'} | ${(e: Entries) => e.with(3, { version: 4, fault: 'not JSON' })}            | ${3}   | ${'event 4 cannot be read: not JSON'}
  ${'another beginning'}   | ${typed(1, 'report.ready')}                                                | ${0}   | ${/^event 1, report.ready: .*begins with its assessment/}
  ${'no verdict'}          | ${typed(5, 'report.ready')}                                                | ${5}   | ${'status is "passed", by the events "active"'}
  ${'another verdict'}     | ${typed(5, 'assessment.abandoned')}                                        | ${5}   | ${'status is "passed", by the events "failed"'}
`('$case', async ({ change, events, difference }) => {
  const { replayed } = await passed();
  const told = difference instanceof RegExp ? expect.stringMatching(difference) : difference;
  expect(await replayed(change)).toEqual({ version: 5, events, difference: told });
});

test('what was saved after the account was read is not looked at', async () => {
  const { replayed } = await passed();
  expect(await replayed((entries) => entries, 2)).toMatchObject({ version: 2, events: 2 });
});
