import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Wants all of a body at once. */
export interface BodyReader {
  /** What has come so far. */
  readonly chunks: Buffer[];
  /** All of it has come. */
  readonly end: () => void;
  /** The client has gone before that. */
  readonly abort: () => void;
}

/**
 * How far a request's stream is:
 *
 * - `untouched`: nobody has looked at it, and nothing has come
 * - `empty`: nobody has looked at it, and its end has come: it has no body
 * - `reading`: what comes goes to a {@link BodyReader}
 * - `read`: all has gone there, and the reader is at it
 * - `running`: it is as any other of Node's
 */
type Stage = 'untouched' | 'empty' | 'reading' | 'read' | 'running';

const stage = Symbol('stage');
const reader = Symbol('reader');
const run = Symbol('run');
const hand = Symbol('hand');
const close = Symbol('close');

/** What is dealt with here of Node's requests, some of it not documented. */
interface NodesRequest {
  push(chunk: Buffer | null, encoding?: BufferEncoding): boolean;
  on(name: string | symbol, listener: Listener): this;
  addListener(name: string | symbol, listener: Listener): this;
  prependListener(name: string | symbol, listener: Listener): this;
  /** Called by whoever reads, where there is nothing to be read. */
  _read(size: number): void;
  resume(): this;
  destroy(error?: Error): this;
  /** Called when the answer is sent and nobody has read the body. */
  _dump(): void;
  _dumped: boolean;
  readonly _readableState: Record<
    'ended' | 'endEmitted' | 'dataEmitted' | 'destroyed' | 'closed' | 'closeEmitted',
    boolean
  >;
}

/** What its methods are given is without a stage where a server of Node's own serves the same Express app. */
interface Lazy {
  [stage]?: Stage;
  [reader]?: BodyReader | undefined;
  [hand]?(chunk: Buffer | null): boolean;
}

type Listener = (...values: unknown[]) => void;

/**
 * A class of requests that are what Node's are to all who look. For what nobody looks at, the stream of a request without a
 * body and of one that a {@link BodyReader} has read, Node would go on through four to eight turns of `process.nextTick`, a
 * tenth to a seventh of the time of a small answer. Here it is in its last state at once. Too late to hear of its end is only
 * who first looks when he is told that the answer is sent. Each call gives a class of its own.
 */
export function lazyRequestClass(): typeof IncomingMessage {
  class LazyRequest
    extends (IncomingMessage as unknown as new (socket: Socket) => NodesRequest)
    implements Lazy
  {
    [stage]?: Stage = 'untouched';
    [reader]?: BodyReader | undefined = undefined;

    override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
      if (this[stage] === 'reading') return this[hand](chunk);
      if (this[stage] !== 'untouched') return super.push(chunk, encoding);
      if (chunk !== null) {
        this[stage] = 'running';
        return super.push(chunk, encoding);
      }
      this[stage] = 'empty';
      // For who looks by Node's own methods: another Express app may have given it its prototype.
      this._readableState.ended = true;
      return false;
    }

    override on(name: string | symbol, listener: Listener): this {
      this[run]();
      return super.on(name, listener);
    }
    override addListener(name: string | symbol, listener: Listener): this {
      return this.on(name, listener);
    }
    override prependListener(name: string | symbol, listener: Listener): this {
      this[run]();
      return super.prependListener(name, listener);
    }
    override _read(size: number): void {
      this[run]();
      super._read(size);
    }
    override resume(): this {
      this[run]();
      return super.resume();
    }

    override _dump(): void {
      if (this[stage] === 'empty') this[close]();
      else super._dump();
    }

    override destroy(error?: Error): this {
      if (this[stage] === 'reading') this[run]();
      else this[stage] = 'running';
      return super.destroy(error);
    }

    [hand](chunk: Buffer | null): boolean {
      const { chunks, end } = this[reader] as BodyReader;
      const state = this._readableState;
      if (chunk === null) {
        this[stage] = 'read';
        this[reader] = undefined;
        state.ended = true;
        state.endEmitted = true;
        end();
        // Node closes it in the same turn: only who looks before hears of that.
        if (this[stage] === 'read') this[close]();
      } else {
        state.dataEmitted = true;
        chunks.push(chunk);
      }
      return chunk !== null;
    }

    /** Somebody looks: from here on all is as with any other stream. */
    [run](): void {
      const before = this[stage];
      if (before === undefined || before === 'running') return;
      this[stage] = 'running';
      const state = this._readableState;
      if (before === 'empty' && !state.endEmitted) {
        state.ended = false;
        super.push(null);
      } else if (before === 'reading') listen(this as unknown as IncomingMessage, this[reader] as BodyReader);
      else if (before === 'read') process.nextTick(() => this.destroy());
    }

    /** It has ended, and nobody has looked. */
    [close](): void {
      this[stage] = 'running';
      this._dumped = true;
      const state = this._readableState;
      state.endEmitted = true;
      state.destroyed = true;
      state.closed = true;
      state.closeEmitted = true;
    }
  }
  return LazyRequest as unknown as typeof IncomingMessage;
}

/** Reads all of the body of a request, of whatever class it is. */
export function readBody(request: IncomingMessage, bodyReader: BodyReader): void {
  const lazy = request as IncomingMessage & Lazy;
  // Without its methods it has another prototype than that of its birth.
  if (lazy[stage] === 'untouched' && lazy[hand]) {
    lazy[stage] = 'reading';
    lazy[reader] = bodyReader;
  } else listen(request, bodyReader);
}

function listen(request: IncomingMessage, { chunks, end, abort }: BodyReader): void {
  let isOver = false;
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    isOver = true;
    end();
  });
  // After an error, too; Node keeps the error itself to itself where nobody listens to it.
  request.on('close', () => {
    if (!isOver) abort();
  });
}
