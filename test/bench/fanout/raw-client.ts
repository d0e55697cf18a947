import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { instrumentsOf } from './quote-source';

export type Kind = 'gateway' | 'plain' | 'socket.io';

/** The account, and the person, that client `at` asks for. */
export const accountOf = (at: number): string => `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`;

const QUOTE = Buffer.from('"receivedAt":');
const EVENT = Buffer.from('"type":"account-event"');
const VERSION = Buffer.from('"accountVersion":');
const CLOSE_OPCODE = 0x88;

const path = (kind: Kind, accountId: string): string => {
  if (kind === 'socket.io') return '/socket.io/?EIO=4&transport=websocket';
  return kind === 'gateway' ? `/ws?ticket=${accountId}` : '/';
};

/** As little of a WebSocket client as counts what it is sent: its own cost must not be what is measured. */
export class RawClient {
  quotes = 0;
  events = 0;
  /** Events of the account that did not follow on the one before. */
  gaps = 0;
  tookMs: number[] = [];
  closedWith: number | undefined;
  private isTiming = false;
  private onOpened: (() => void) | undefined;
  private version: number | undefined;
  private rest: Buffer = Buffer.alloc(0);

  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
  }

  static async open(kind: Kind, port: number, { accountId, instruments }: { accountId: string; instruments: number }) {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    const client = new RawClient(socket);
    await once(socket, 'connect');
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${path(kind, accountId)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    const end = head.indexOf('\r\n\r\n');
    if (!head.subarray(0, 12).toString().endsWith('101')) throw new Error(head.toString());
    socket.on('data', (chunk: Buffer) => client.take(chunk));
    client.take(head.subarray(end + 4));
    client.follow(kind, accountId, instrumentsOf(instruments));
    return client;
  }

  begin(isTiming: boolean): void {
    [this.quotes, this.events, this.gaps, this.tookMs, this.isTiming] = [0, 0, 0, [], isTiming];
  }

  private follow(kind: Kind, accountId: string, instruments: readonly string[]): void {
    if (kind === 'socket.io') {
      // Its server drops who speaks before it has said that the namespace is open.
      this.onOpened = () => this.say(`42${JSON.stringify(['follow', instruments])}`);
      this.say('40');
    } else if (kind === 'plain') this.say(JSON.stringify({ instruments }));
    else {
      this.say(JSON.stringify({ op: 'subscribe-account', accountId }));
      this.say(JSON.stringify({ op: 'subscribe-quotes', instruments }));
    }
  }

  /** One masked text frame; a mask of zeros leaves the text as it is. */
  private say(text: string): void {
    const body = Buffer.from(text);
    const head =
      body.length < 126
        ? Buffer.from([0x81, 0x80 | body.length])
        : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255]);
    this.socket.write(Buffer.concat([head, Buffer.alloc(4), body]));
  }

  private take(chunk: Buffer): void {
    const data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    while (at + 2 <= data.length) {
      const short = (data[at + 1] as number) & 127;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (at + head > data.length) break;
      const size =
        short === 126 ? data.readUInt16BE(at + 2) : short === 127 ? Number(data.readBigUInt64BE(at + 2)) : short;
      if (at + head + size > data.length) break;
      if (data[at] === CLOSE_OPCODE) this.closedWith = data.readUInt16BE(at + head);
      else this.count(data.subarray(at + head, at + head + size));
      at += head + size;
    }
    this.rest = at < data.length ? Buffer.from(data.subarray(at)) : Buffer.alloc(0);
  }

  private count(frame: Buffer): void {
    if (this.onOpened && frame.toString('latin1', 0, 3) === '40{') {
      this.onOpened();
      this.onOpened = undefined;
    }
    for (let at = frame.indexOf(QUOTE); at >= 0; at = frame.indexOf(QUOTE, at + QUOTE.length)) {
      this.quotes++;
      if (this.isTiming) this.tookMs.push(Date.now() - numberAt(frame, at + QUOTE.length));
    }
    if (frame.indexOf(EVENT) < 0) return;
    const version = numberAt(frame, frame.indexOf(VERSION) + VERSION.length);
    this.events++;
    if (this.version !== undefined && version !== this.version + 1) this.gaps++;
    this.version = version;
  }
}

function numberAt(frame: Buffer, from: number): number {
  let value = 0;
  for (let at = from; ; at++) {
    const digit = (frame[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}
