import { linesOf, sourceFiles } from './source';

/** The published rule vectors, by the names under which rule documents know them. */
const VECTORS = `
  CO-1 CO-2 CO-3 CO-4 CO-5 CO-6 CO-8
  DL-1 DL-2 DL-3 DL-4 DL-6 DL-7 DL-8 DL-12 DL-14 DL-15 DL-16 DL-17 DL-18
  FM-1 FM-2 FM-3 FM-4 FM-5
  ML-B1 ML-B2 ML-B4 ML-E1 ML-E2 ML-E4 ML-E5 ML-E6 ML-E8 ML-E9 ML-S1 ML-S2 ML-S3 ML-S5 ML-T1 ML-T2 ML-T3 ML-T4
  PM-1 PM-2 PM-4 PM-5 PM-6 PM-7 PM-8 PM-9
  PO-1 PO-2
  RK-1 RK-2 RK-3 RK-4 RK-5 RK-7 RK-8 RK-9 RK-10
  TG-1 TG-2 TG-3 TG-4 TG-6 TG-7 TG-8`
  .trim()
  .split(/\s+/);

/** Goal: every vector is the name of a test, so that a failing one is found by its id. */
test('every published vector is a test of the domain or of the use cases', () => {
  const tests = sourceFiles.filter((file) => /^test\/(domain|usecases)\/.*\.test\.ts$/.test(file));
  const words = new Set(
    tests.flatMap(
      (file) =>
        linesOf(file)
          .join('\n')
          .match(/\b[A-Z]{2}-[A-Z]?\d+\b/g) ?? [],
    ),
  );
  expect(VECTORS.filter((id) => !words.has(id))).toEqual([]);
});
