import { Elysia } from 'elysia';
import type { Connection } from '../../engines/gateway/connection';
import type { Gateway } from '../../engines/gateway/gateway';

/** What Bun gives a handler: the methods that are used here. */
type BunSocket = {
  readonly send: (text: string) => number;
  readonly close: (code?: number, reason?: string) => void;
  readonly getBufferedAmount: () => number;
};

/** Settings of Bun's server: it answers pings, reaps silent peers and refuses giant frames by itself. */
export const SOCKET_SETTINGS = {
  idleTimeout: 60,
  sendPings: true,
  maxPayloadLength: 128 * 1024, // Over twice what the gateway accepts, so that it closes by name before Bun cuts off.
  backpressureLimit: 4 * 1024 * 1024,
  closeOnBackpressureLimit: true,
} as const;

/** The address that the edge saw, or undefined when the request did not come by way of it. */
type ViewerOf = (header: (name: string) => string | null) => Promise<string | undefined>;

/**
 * `GET /ws?ticket=…` becomes a WebSocket. Elysia hands Bun's calls to the functions found in the socket's data, so each
 * connection brings its own; messages reach the gateway as the text they were.
 */
export const socketRoutes = (gateway: Gateway, viewerOf: ViewerOf, isOpenForAll: () => boolean) =>
  new Elysia().get('/ws', async ({ request, server, query, status }) => {
    const address = await viewerOf((name) => request.headers.get(name));
    if (address === undefined) return status(403, 'this address is not for visitors; use the site’s own');
    if (!isOpenForAll()) return status(503, 'not ready');
    const handshake = { ticket: query.ticket, origin: request.headers.get('origin') ?? undefined, address };
    const data = socketData(gateway, handshake);
    if (server?.upgrade(request, { data })) return undefined;
    return status(426, 'a WebSocket is expected here');
  });

function socketData(gateway: Gateway, handshake: Parameters<Gateway['open']>[1]) {
  let opening: Promise<Connection | undefined> = Promise.resolve(undefined);
  return {
    open: (socket: BunSocket) => {
      opening = gateway.open(
        {
          send: (text) => void socket.send(text),
          buffered: () => socket.getBufferedAmount(),
          close: (code, reason) => socket.close(code, reason),
        },
        handshake,
      );
      return opening;
    },
    message: async (_: BunSocket, message: string | Uint8Array) => {
      const connection = await opening;
      if (connection) await gateway.receive(connection, typeof message === 'string' ? message : '');
    },
    close: async (_: BunSocket, code: number) => {
      const connection = await opening;
      if (connection) gateway.closed(connection, code);
    },
  };
}
