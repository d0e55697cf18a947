/**
 * Every port of the local platform. `npm start --port-base N` moves the whole block: the API is N, the origin N + 80.
 */
export type Ports = Readonly<Record<PortName, number>>;

type PortName = keyof typeof OFFSETS;

const OFFSETS = {
  api: 0,
  marketData: 1,
  monteCarlo: 2,
  websocket: 3,
  riskEngine: 5,
  eventRelay: 6,
  lambda: 7,
  archiver: 8,
  postgres: 20,
  redis: 21,
  kafka: 22,
  kafkaController: 23,
  stripe: 30,
  mailSmtp: 31,
  mailInbox: 32,
  kraken: 40,
  polymarketWs: 41,
  polymarketHttp: 42,
  venueControl: 43,
  binanceWs: 46,
  binanceHttp: 47,
  coinbaseWs: 44,
  coinbaseHttp: 45,
  kalshiWs: 48,
  kalshiHttp: 49,
  krakenHttp: 50,
  ray: 60,
  rayHead: 61,
  rayClient: 62,
  rayAgent: 63,
  origin: 80,
} as const;

const BASE_DEFAULT = 3000;
const ORIGIN_DEFAULT = 8080;

/** Without a base: the API on 3000 and the origin on 8080, the numbers of the documentation. */
export function portsFrom(base: number | undefined): Ports {
  const start = base ?? BASE_DEFAULT;
  const moved = Object.fromEntries(Object.entries(OFFSETS).map(([name, offset]) => [name, start + offset]));
  return { ...(moved as Ports), ...(base === undefined ? { origin: ORIGIN_DEFAULT } : {}) };
}
