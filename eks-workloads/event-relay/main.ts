import { makeRelay } from '../../engines/relay/relay';
import { composeRelay } from '../../runtime/compose/relay';
import { readConfig } from '../../runtime/config';
import { startLeading } from '../../runtime/leader';
import { makeLogger } from '../../runtime/log';
import { startLoop } from '../../runtime/loop';
import { checked, makeMetrics, serviceHost } from '../../runtime/service';
import { relayMetrics } from './relay-metrics';

const BACKLOG_EVERY_MS = 5_000;
/** How often a copy that does not lead looks whether it does now. */
const TURN_EVERY_MS = 100;

const { PORT, SERVICE_NAME } = readConfig('PORT', 'SERVICE_NAME');
const log = makeLogger();
const metrics = makeMetrics(SERVICE_NAME);
const counted = relayMetrics(metrics);
const { relay, backlog, close, ...outside } = await composeRelay(log, counted.parked);
const paced = makeRelay({
  relay,
  metrics: counted,
  onFailure: (error, failures) => log.error({ err: error, failures }, 'events wait in the outbox: the pass failed'),
  onRecovered: (failures) => log.info({ failures }, 'relaying again'),
});

const leader = startLeading({
  ...outside,
  role: SERVICE_NAME,
  begin: () => log.info('this copy relays'),
  end: () => log.info('another copy relays'),
  onFailure: (error) => log.warn({ err: error }, 'nobody could be asked who relays'),
});
const relaying = startLoop(async () => (leader.isLeading() ? paced.pass() : TURN_EVERY_MS));
const counting = startLoop(async () => {
  try {
    const { rows, oldestMs } = await backlog();
    counted.backlog(rows, oldestMs);
  } catch (error) {
    log.warn({ err: error }, 'the backlog could not be counted');
  }
  return BACKLOG_EVERY_MS;
});

serviceHost({
  name: SERVICE_NAME,
  port: PORT,
  log,
  metrics,
  ready: async () => ({ database: await checked(backlog), relay: paced.health() }),
  stop: async () => {
    await Promise.all([relaying.stop(), counting.stop()]);
    await leader.stop();
    await close();
  },
});
