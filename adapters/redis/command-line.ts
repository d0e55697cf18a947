import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RedisSecret } from './connection';
import { COMMAND_TIMEOUT_MS, CONNECT_TIMEOUT_MS, reconnectAfterMs } from './patience';
import { encodeCommand, Replies, ReplyError } from './replies';

/** A command is sent again when its connection was lost, once: the server may have done it the first time. */
const SENT_MAX = 2;

type Command = {
  readonly bytes: string;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
  sent: number;
};

/**
 * One connection on which commands wait for their turn. It is opened by the first command and again by the next one
 * after it was lost, so that nothing happens between requests. A command that has no answer in time fails, and one that
 * was already sent takes the silent connection with it: an instance that slept may hold one that ended meanwhile.
 */
export class CommandLine {
  private socket: Socket | undefined;
  private isReady = false;
  private isClosed = false;
  private failures = 0;
  private retry: NodeJS.Timeout | undefined;
  private waiting: Command[] = [];
  private inFlight: Command[] = [];

  constructor(
    private readonly secret: RedisSecret,
    private readonly name: string,
  ) {}

  send(words: readonly (string | number)[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.expire(command), COMMAND_TIMEOUT_MS);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          settle(value);
        };
      const command: Command = {
        bytes: encodeCommand(words),
        resolve: settled(resolve),
        reject: settled(reject),
        sent: 0,
      };
      this.waiting.push(command);
      this.flush();
    });
  }

  open(): void {
    this.isClosed = false;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    this.socket?.destroy();
    this.failAll(new Error('the connection is closed'));
  }

  private flush(): void {
    if (this.waiting.length === 0 || this.isClosed) return;
    if (!this.isReady) {
      this.dial();
      return;
    }
    const commands = this.waiting;
    this.waiting = [];
    for (const command of commands) command.sent++;
    this.inFlight.push(...commands);
    this.socket?.write(commands.map(({ bytes }) => bytes).join(''));
  }

  private dial(): void {
    if (this.socket || this.retry) return;
    const { host, port, tls } = this.secret;
    const socket = tls ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
    this.socket = socket;
    const late = setTimeout(() => socket.destroy(), CONNECT_TIMEOUT_MS);
    const replies = new Replies();
    socket.setNoDelay(true).setKeepAlive(true);
    socket.once(tls ? 'secureConnect' : 'connect', () => this.greet(socket, () => clearTimeout(late)));
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const reply of replies.push(chunk)) this.answer(reply);
      } catch {
        socket.destroy();
      }
    });
    // The reason of a loss is of no use to anybody: what waits is sent again or fails.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(late);
      this.lose();
    });
  }

  /** Signs in before anything else; a server that refuses us refuses every command with its own words. */
  private greet(socket: Socket, done: () => void): void {
    const { username, password } = this.secret;
    const signIn = username === undefined ? [password ?? ''] : [username, password ?? ''];
    const greetings = [
      ...(password === undefined ? [] : [['AUTH', ...signIn]]),
      ['CLIENT', 'SETNAME', this.name.replaceAll(/\s/g, '-')],
    ];
    const refuse = (error: Error) => {
      this.failAll(error);
      socket.destroy();
    };
    for (const [index, words] of greetings.entries()) {
      const isLast = index === greetings.length - 1;
      const resolve = () => {
        if (!isLast) return;
        done();
        this.isReady = true;
        this.failures = 0;
        this.flush();
      };
      this.inFlight.push({ bytes: '', resolve, reject: refuse, sent: SENT_MAX });
      socket.write(encodeCommand(words));
    }
  }

  private answer(reply: unknown): void {
    const command = this.inFlight.shift();
    if (reply instanceof ReplyError) {
      command?.reject(reply);
      // After a failover the old primary may still hold our connection, as a replica.
      if (reply.message.startsWith('READONLY')) this.socket?.destroy();
    } else command?.resolve(reply);
  }

  private lose(): void {
    this.socket = undefined;
    this.isReady = false;
    const again = this.inFlight.filter(({ sent }) => sent < SENT_MAX);
    const lost = this.inFlight.filter(({ sent, bytes }) => sent >= SENT_MAX && bytes !== '');
    this.inFlight = [];
    for (const command of lost) command.reject(new Error('the connection was lost'));
    this.waiting = [...again, ...this.waiting];
    if (this.isClosed || this.waiting.length === 0) return;
    this.failures++;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.flush();
    }, reconnectAfterMs(this.failures));
  }

  private expire(command: Command): void {
    const isWaiting = this.waiting.includes(command);
    this.waiting = this.waiting.filter((other) => other !== command);
    command.reject(new Error('no answer in time'));
    if (isWaiting) return;
    command.sent = SENT_MAX;
    this.socket?.destroy();
  }

  private failAll(error: Error): void {
    const all = [...this.inFlight.filter(({ bytes }) => bytes !== ''), ...this.waiting];
    this.inFlight = [];
    this.waiting = [];
    for (const command of all) command.reject(error);
  }
}
