import { RULE_NAMES } from '../../domain/account/rule-name';
import { decideAgain, replayEvidence, ruleSetText } from '../../domain/assessment/evidence/evidence';
import { sha256Digest } from '../../runtime/edge';
import { calmHistory, digestsOf, type HistoryDigests } from './calm-history';
import { readKept, verdictLine } from './kept-rows';

const BUNDLES = readKept('bundles');
const [KEPT] = readKept('histories');
/** `npm run evidence` compares all of them. */
const HISTORIES = 30;

const VERDICTS = ['passed', 'open', 'paused', 'close', ...RULE_NAMES.map((rule) => `failed ${rule}`)];

test.each(VERDICTS)('some evidence that is kept says %s', (verdict) => {
  expect(BUNDLES).toHaveLength(500);
  expect(BUNDLES.filter((kept) => kept.verdict.startsWith(verdict)).length).toBeGreaterThanOrEqual(4);
});

/** Goal: evidence of before a change of the code is decided by the code of after it, to the same bytes. */
test('every evidence that is kept replays to its bytes, its verdict and the hash of its rules', () => {
  for (const { evidence, sha256, verdict } of BUNDLES) {
    expect(replayEvidence(evidence)).toBe(evidence);
    expect(sha256Digest.sha256(evidence)).toBe(sha256);
    const { input, judgement } = decideAgain(evidence);
    expect(verdictLine(judgement.verdict)).toBe(verdict);
    expect(sha256Digest.sha256(ruleSetText(input.rules))).toBe(input.ruleSetHash);
  }
});

describe('a history that is lived again', () => {
  let lived: readonly (readonly [before: HistoryDigests, now: HistoryDigests])[];

  beforeAll(async () => {
    const kinds = new Set(KEPT?.kinds);
    const histories = KEPT?.histories.slice(0, HISTORIES) ?? [];
    const again = async (before: HistoryDigests) => [before, digestsOf(await calmHistory(before.seed), kinds)] as const;
    lived = await Promise.all(histories.map(again));
  });

  /** `stream` alone may change, when another kind of event is added; then the histories are kept anew. */
  test.each`
    part          | story
    ${'accounts'} | ${'leaves its accounts as they were'}
    ${'events'}   | ${'tells the events of before in their order'}
    ${'stream'}   | ${'tells every event to the byte'}
  `('$story', ({ part }: { part: keyof HistoryDigests }) => {
    expect(lived).toHaveLength(HISTORIES);
    expect(lived.filter(([before, now]) => now[part] !== before[part]).map(([{ seed }]) => seed)).toEqual([]);
  });
});
