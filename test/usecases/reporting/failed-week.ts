import { reportRenderer } from '../../../adapters/report/renderer';
import type { ReportContent } from '../../../usecases/ports/assessments/report-renderer';
import { tradeForAWeek } from './sample';
import { money, move, openStory } from './story';

/** What a report is written of: a week that ends in a failure with a position open. */
export async function failedWeek(): Promise<ReportContent> {
  let content: ReportContent | undefined;
  const keeper = {
    render: (given: ReportContent) => {
      content = given;
      return reportRenderer.render(given);
    },
  };
  const story = await openStory(keeper, {
    dayZone: 'Europe/Prague',
    target: null,
    riskPerTrade: {
      limitUsd: money('2500'),
      severity: 'fail',
      stopWithinMs: null,
      stopSeverity: 'fail',
      stopCorrection: null,
    },
  });
  await tradeForAWeek(story.desk);
  await story.desk.order('buy', '1');
  for (let price = 60_000; (await story.desk.snapshot()).status === 'active'; price -= 400) {
    await move(story.desk, String(price), 1);
  }
  await story.write();
  if (!content) throw new Error('nothing was rendered');
  return content;
}
