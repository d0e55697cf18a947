import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { quotesOnDemand } from './quote-source';
import { wireQuote } from './wire-quote';

/** socket.io as its guide has it: a room for each instrument, WebSocket alone, no compression. */
const http = createServer();
const io = new Server(http, { transports: ['websocket'] });

io.on('connection', (socket) =>
  socket.on('follow', (instruments: readonly string[]) => void socket.join([...instruments])),
);
http.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (http.address() as AddressInfo).port })));

quotesOnDemand((quote) => void io.to(quote.instrument).emit('quote', wireQuote(quote)));
