import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Behaviour } from '../assembly/distribution';
import { forward, tunnel } from './forward';
import { servePage } from './pages';
import { requestFunction, statusFunction } from './viewer-function';

type Options = {
  readonly port: number;
  readonly behaviours: readonly Behaviour[];
  readonly pagesDir: string;
  readonly apiPort: number;
  readonly websocketPort: number;
  /** What only a laptop has: the page of the simulated venues, and its buttons. */
  readonly simulatorPort: number;
};

const SIMULATOR = /^\/simulator(\/|$|\?)/;

/** One origin as CloudFront gives it: pages from the export, the API and the gateway behind their path patterns. */
export function startOrigin(options: Options): Promise<Server> {
  const behaviours = options.behaviours.map((behaviour) => ({
    ...behaviour,
    matches: patternOf(behaviour.pattern),
    rewrite: requestFunction(behaviour.viewerRequest),
    statusFor: statusFunction(behaviour.viewerResponse),
  }));
  /** How CloudFront sends a request on: by its behaviour, as that one's function and its origin's own headers make it. */
  const routed = (request: IncomingMessage) => {
    const [path = '/', ...query] = (request.url ?? '/').split('?');
    const behaviour = behaviours.find(({ matches }) => matches.test(path));
    if (!behaviour) return undefined;
    const seen = { method: request.method ?? 'GET', uri: path, headers: viewerHeaders(request) };
    const rewritten = behaviour.rewrite(seen, request.socket.remoteAddress ?? '127.0.0.1');
    const headers = Object.entries(rewritten.headers).map(([name, { value }]) => [name, value]);
    return {
      behaviour,
      rewritten,
      to: {
        port: behaviour.target === 'api' ? options.apiPort : options.websocketPort,
        path: [rewritten.uri, ...query].join('?'),
        headers: { ...Object.fromEntries(headers), ...behaviour.originHeaders },
      },
    };
  };
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    if (SIMULATOR.test(request.url ?? '/')) {
      const to = { port: options.simulatorPort, path: request.url ?? '/', headers: plainHeaders(request) };
      return forward(request, response, { ...to, responseHeaders: {} });
    }
    const found = routed(request);
    if (!found) return void response.writeHead(404).end();
    const { behaviour, rewritten, to } = found;
    const { responseHeaders } = behaviour;
    for (const [name, value] of Object.entries(responseHeaders)) response.setHeader(name, value);
    if (behaviour.target !== 'pages') return forward(request, response, { ...to, responseHeaders });
    servePage(options.pagesDir, rewritten.uri, response, (status) => behaviour.statusFor(rewritten, status));
  };
  const server = createServer((request, response) => {
    try {
      serve(request, response);
    } catch {
      // As CloudFront answers when a viewer function fails; the next request finds the origin alive.
      response.writeHead(503).end();
    }
  });
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    try {
      const found = routed(request);
      if (found?.behaviour.target === 'websocket') tunnel(socket, head, found.to);
      else socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    } catch {
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve(server));
  });
}

const plainHeaders = (request: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(',')]));

const viewerHeaders = (request: IncomingMessage) =>
  Object.fromEntries(Object.entries(plainHeaders(request)).map(([name, value]) => [name, { value }]));

/** CloudFront's patterns: `*` for any characters, `?` for one. */
const patternOf = (pattern: string): RegExp => {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
};
