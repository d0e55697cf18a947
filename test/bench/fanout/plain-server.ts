import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { quotesOnDemand } from './quote-source';
import { wireQuote } from './wire-quote';

/** What one writes first: a loop over all clients for each quote, on Node with `ws`. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
const followed = new Map<WebSocket, Set<string>>();

server.on('connection', (socket) => {
  socket.on('message', (text) => followed.set(socket, new Set(JSON.parse(String(text)).instruments)));
  socket.on('close', () => followed.delete(socket));
});
server.on('listening', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));

quotesOnDemand((quote) => {
  const text = JSON.stringify({ type: 'quote', quote: wireQuote(quote) });
  for (const [socket, instruments] of followed) if (instruments.has(quote.instrument)) socket.send(text);
});
