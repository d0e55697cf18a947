import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

type Forwarded = {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Set over whatever the answer brings, as a response headers policy does. */
  readonly responseHeaders: Readonly<Record<string, string>>;
};

/** Hands a request on to a part behind the origin, and its answer back. */
export function forward(request: IncomingMessage, response: ServerResponse, to: Forwarded): void {
  const { port, path, headers, responseHeaders } = to;
  const upstream = httpRequest({ host: '127.0.0.1', port, path, method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...responseHeaders });
    answer.pipe(response);
  });
  upstream.once('error', () => {
    if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' });
    response.end('Bad gateway');
  });
  response.once('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** Hands the upgrade request on and joins the two sockets. */
export function tunnel(socket: Socket, head: Buffer, to: Omit<Forwarded, 'responseHeaders'>): void {
  const { port, path, headers } = to;
  const upstream = connect(port, '127.0.0.1', () => {
    const lines = [`GET ${path} HTTP/1.1`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  });
  upstream.setNoDelay(true);
  socket.setNoDelay(true);
  upstream.once('error', () => socket.destroy());
  upstream.once('close', () => socket.destroy());
  socket.once('error', () => upstream.destroy());
  socket.once('close', () => upstream.destroy());
}
