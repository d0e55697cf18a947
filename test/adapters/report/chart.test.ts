import fc from 'fast-check';
import { drawdownChart, equityChart } from '../../../adapters/report/chart';
import type { Drawing } from '../../../adapters/report/drawing';
import { drawdownOf, underwater } from '../../../domain/assessment/reporting/performance';
import { instant } from '../../../domain/kernel/instant';
import { usd } from '../../../domain/kernel/money';
import type { ReportContent } from '../../../usecases/ports/assessments/report-renderer';
import { move, openStory } from '../../fixtures/report-story';

let content: ReportContent;
beforeAll(async () => {
  const shown: ReportContent[] = [];
  const render = (given: ReportContent) => {
    shown.push(given);
    return { html: new Uint8Array(), pdf: new Uint8Array() };
  };
  const story = await openStory({ render });
  await story.trading.order('buy', '0.5');
  await move(story.trading, '54000', 1);
  await story.write();
  content = shown[0] as ReportContent;
});

const EPSILON = 0.01;

/** What lies outside the picture is cut off in print. */
const outside = ({ width, height, marks }: Drawing) =>
  marks
    .flatMap((mark) => (mark.kind === 'label' ? [mark.at] : mark.points))
    .filter(({ x, y }) => !(x >= -EPSILON && x <= width + EPSILON && y >= -EPSILON && y <= height + EPSILON));

const labelsOf = ({ marks }: Drawing) => marks.flatMap((mark) => (mark.kind === 'label' ? [mark] : []));

const equities = fc.array(fc.bigInt({ min: -50_000n, max: 400_000n }), { minLength: 2, maxLength: 50 });

test('whatever equity did, the charts stay inside their frame and the names of lines apart', () => {
  fc.assert(
    fc.property(equities, fc.integer({ min: 1, max: 10 ** 10 }), (values, spanMs) => {
      const step = spanMs / (values.length - 1);
      const equity = values.map((value, n) => ({
        at: instant(Math.round(content.summary.createdAt + n * step)),
        equityUsd: usd(value * 1_000_000n),
      }));
      const endedAt = equity.at(-1)?.at ?? content.summary.endedAt;
      const given = {
        ...content,
        equity,
        underwater: underwater(equity),
        drawdown: drawdownOf(equity),
        summary: { ...content.summary, endedAt },
      };
      for (const drawing of [equityChart(given), drawdownChart(given)]) {
        expect(outside(drawing)).toEqual([]);
        const side = labelsOf(drawing)
          .filter(({ align }) => align === 'left')
          .map(({ at }) => at.y)
          .sort((a, b) => a - b);
        side.forEach((y, n) => {
          if (n > 0) expect(y - (side[n - 1] ?? 0)).toBeGreaterThanOrEqual(14.9);
        });
      }
    }),
    { numRuns: 60 },
  );
});

test('the chart says in words what it shows', () => {
  expect(equityChart(content).description).toBe(
    'Equity from $100,000.00 to $96,922.00, −$3,078.00; failed; the maximum-loss floor lay at $90,000.00, ' +
      'the target at $108,000.00; the deepest fall from a peak was $3,078.00.',
  );
});
