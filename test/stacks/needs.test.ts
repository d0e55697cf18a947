import { buildSync } from 'esbuild';
import { topicOf } from '../../contracts/topics/envelope';
import { type EventType, eventData } from '../../contracts/topics/events';
import { deadLetterTopic } from '../../contracts/topics/topics';
import { consumers, deploymentSteps, httpFunctions, operations, scheduledJobs } from '../../lib/config/functions';
import { workloads } from '../../lib/config/workloads';
import { handlerPath } from '../../lib/constructs/bundling';
import { ROOT } from '../fixtures/cloud/synthesize';

const VENUES = 'BINANCE|COINBASE|DOUBLED|KALSHI|KRAKEN|POLYMARKET';
const VARIABLES = new RegExp(
  `["']([A-Z]+_SECRET|KAFKA_BOOTSTRAP|RAY_URL|SIMULATIONS_AT_ONCE|STRIPE_API_URL|HOLD_UNPAID|SMTP_UTF8|(?:${VENUES}|MARKET|CANDLE|RISK|ARCHIVE)_[A-Z_]+)["']`,
  'g',
);

/**
 * The variables that a part's code asks for: their names as they remain in its own code once what it does not use is
 * shaken off. The file that lists all variables is left out of the bundle.
 */
function askedFor(entry: string): readonly string[] {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    external: ['*/config'],
    treeShaking: true,
    minifySyntax: true,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  return [...new Set([...code.matchAll(VARIABLES)].map(([, name]) => name as string))].sort();
}

const FUNCTIONS = Object.entries({
  ...httpFunctions,
  ...consumers,
  ...scheduledJobs,
  ...deploymentSteps,
  ...operations,
});

/** Too few stop the function at its start; too many are rights that it has no use for. */
test.each(FUNCTIONS)('the function %s is given what its code asks for, no less and no more', (name, spec) => {
  expect([...spec.needs].sort()).toEqual(askedFor(handlerPath(name)));
});

test.each(Object.entries(workloads))(
  'the workload %s is given what its code asks for, no less and no more',
  (name, spec) => {
    expect([...spec.needs].sort()).toEqual(askedFor(`eks-workloads/${name}/main.ts`));
  },
);

/** One topic that it may not write would hold up every other: a broker's refusal is an outage to the relay. */
test('the relay may write every topic that the outbox can name', () => {
  const told = (Object.keys(eventData) as EventType[]).map(topicOf).filter((topic) => topic !== 'market-data');
  const dead = Object.values(consumers).map(({ topic }) => deadLetterTopic(topic));
  expect([...workloads['event-relay'].produces].sort()).toEqual([...new Set([...told, ...dead])].sort());
});
