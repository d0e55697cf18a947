import { Gateway } from '../../engines/gateway/gateway';
import { composeGateway } from '../../runtime/compose/gateway';
import { readConfig } from '../../runtime/config';
import { makeLogger } from '../../runtime/log';
import { startEvery } from '../../runtime/loop';
import { checked, makeMetrics, passedOverCounter, serviceHost } from '../../runtime/service';
import { viewerOf } from '../../runtime/viewer';
import { gatewayMetrics } from './gateway-metrics';
import { SOCKET_SETTINGS, socketRoutes } from './socket-routes';

const RECOVER_EVERY_MS = 250;
const WATCH_EVERY_MS = 5_000;
const SESSIONS_EVERY_MS = 5_000;
const SEATS_EVERY_MS = 15_000;
/** Three times within what the registry believes a silent process for. */
const REGISTER_EVERY_MS = 3_000;
const BOARDS_EVERY_MS = 1_000;
/** The autoscaler adds copies by what this line says: once for each minute of its metric, and a spare one. */
const COUNT_EVERY_MS = 30_000;

const { PORT, SERVICE_NAME } = readConfig('PORT', 'SERVICE_NAME');
const log = makeLogger();
const metrics = makeMetrics(SERVICE_NAME);
const failed = (what: string) => (error: unknown) => log.warn({ err: error }, what);

const outside = await composeGateway(log, passedOverCounter(metrics));
const gateway = new Gateway({
  ...outside,
  watch: outside.marks.watch,
  metrics: gatewayMetrics(metrics),
  onFailure: (error, what) => failed(what)(error),
});
await outside.reader.start((event) => gateway.onEvent(event));
const endMarks = await outside.marks.subscribe((mark) => gateway.onMark(mark));
const endSessions = await outside.hearEndedSessions((ids) => gateway.endSessions(ids));

async function tellConnections(): Promise<void> {
  log.info({ connections: await outside.connections() }, 'connections of all gateways');
}

const loops = [
  startEvery(RECOVER_EVERY_MS, () => gateway.recoverGaps(), failed('gaps could not be closed')),
  startEvery(WATCH_EVERY_MS, () => gateway.keepWatching(), failed('marks were not asked for')),
  startEvery(SESSIONS_EVERY_MS, () => gateway.endDeadSessions(), failed('sessions could not be checked')),
  startEvery(SEATS_EVERY_MS, () => gateway.keepSeats(), failed('places could not be kept')),
  startEvery(REGISTER_EVERY_MS, () => gateway.keepRegistered(), failed('connections were not listed')),
  startEvery(BOARDS_EVERY_MS, () => gateway.keepBoards(), failed('leaderboards were not kept')),
  startEvery(COUNT_EVERY_MS, tellConnections, failed('connections were not counted')),
];

serviceHost({
  name: SERVICE_NAME,
  port: PORT,
  log,
  metrics,
  routes: socketRoutes(gateway, viewerOf, outside.reader.isReading),
  websocket: SOCKET_SETTINGS,
  shared: ['database', 'redis'],
  ready: async () => ({
    database: await checked(outside.checks.database),
    redis: await checked(outside.checks.redis),
    kafka: outside.reader.isReading() ? 'ok' : 'not reading',
  }),
  stop: async () => {
    await Promise.all([gateway.closeAll(), ...loops.map((loop) => loop.stop())]);
    await endMarks();
    await endSessions();
    await outside.close();
  },
});
