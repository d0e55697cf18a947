import { venue } from '../contracts/market';
import type { LetterLine } from '../contracts/operations/commands';
import type { Operator } from './operations/operator';
import { runCommand, sayRefused } from './operations/run';

const USAGE = `npm run dlq                      lists what waits
npm run dlq -- show <id>         one letter with its value
npm run dlq -- replay all        sends everything to its consumers again, each key in its order
npm run dlq -- replay <key>      the same for one account or assessment
npm run dlq -- frames <venue>    what that venue said within a day and nobody could read
With --stage prod, each in the cloud.`;

/** Dead letters of the local platform, or of a stage that is named. Exit 1: some are still stuck. */
void runCommand(async (operator, [verb = 'list', subject]) => {
  if (verb === 'list') return list(await operator());
  if (verb === 'show' && subject) return show(await operator(), subject);
  if (verb === 'replay' && subject) return replay(await operator(), subject);
  if (verb === 'frames' && subject) return showFrames(await operator(), subject);
  console.error(USAGE);
  return 2;
});

async function list({ ask }: Operator): Promise<number> {
  const answer = await ask({ command: 'list-letters' });
  if (answer.outcome !== 'letters') return 2;
  for (const letter of answer.letters) console.log(line(letter));
  console.log(answer.letters.length === 0 ? 'No dead letters.' : `${answer.letters.length} waiting. ${USAGE}`);
  return 0;
}

async function show({ ask }: Operator, id: string): Promise<number> {
  const answer = await ask({ command: 'show-letter', id });
  if (answer.outcome === 'refused') return sayRefused(answer);
  if (answer.outcome === 'letter') console.log(`${line(answer.letter)}\n${answer.letter.value}`);
  return 0;
}

async function showFrames({ ask }: Operator, name: string): Promise<number> {
  const known = venue.safeParse(name);
  if (!known.success) return sayRefused({ field: 'venue', rule: `must be one of ${venue.options.join(', ')}` });
  const answer = await ask({ command: 'list-unreadable', venue: known.data });
  if (answer.outcome !== 'unreadable') return 2;
  for (const { receivedAt, text } of answer.frames) console.log(`${receivedAt}  ${text}`);
  if (answer.frames.length === 0) console.log('Everything could be read.');
  return 0;
}

/** In turns, as long as the function's time is up before all had theirs. */
async function replay({ ask }: Operator, key: string): Promise<number> {
  let done = 0;
  for (;;) {
    const answer = await ask({ command: 'replay-letters', key });
    if (answer.outcome !== 'replayed') return 2;
    for (const letter of answer.released) console.log(`done   ${line(letter)}`);
    for (const letter of answer.stuck) console.log(`stuck  ${line(letter)}`);
    done += answer.released.length;
    const goesOn = answer.isMore && answer.released.length > 0;
    if (goesOn) continue;
    console.log(
      `${done} done, ${answer.stuck.length} keys still stuck${answer.isMore ? ', more wait behind them' : ''}`,
    );
    return answer.stuck.length === 0 ? 0 : 1;
  }
}

const line = ({ id, parkedAt, consumer, topic, partition, offset, key, reason }: LetterLine): string =>
  `${id}  ${parkedAt}  ${consumer}  ${topic}/${partition}@${offset}  ${key}  ${reason.replaceAll('\n', ' ')}`;
