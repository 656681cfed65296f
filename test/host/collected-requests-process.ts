// Asks a host for one kind of answer after another, and says what V8 then takes for old.
import { IsString } from 'class-validator';
import { injectable } from 'inversify';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { getHeapSpaceStatistics } from 'node:v8';
import { createHost, Plugin } from 'plugboard';
import {
  Body,
  Get,
  JsonController,
  NotFoundError,
  Post,
  UseBefore,
  UseInterceptor,
  type Action,
  type ExpressMiddlewareInterface,
  type InterceptorInterface,
} from 'routing-controllers';

@injectable()
class Stamp implements ExpressMiddlewareInterface {
  use(_request: unknown, response: { setHeader(name: string, value: string): void }, next: () => void): void {
    response.setHeader('x-stamp', 'here');
    next();
  }
}

@injectable()
class Envelope implements InterceptorInterface {
  intercept(_action: Action, data: unknown): object {
    return { data };
  }
}

@injectable('Request')
class Visit {
  readonly at = new Date();
}

@JsonController('/visits')
@injectable('Request')
class Visits {
  constructor(private readonly visit: Visit) {}

  @Get('/')
  find(): Visit {
    return this.visit;
  }
}

class Word {
  @IsString()
  text!: string;
}

@Plugin({ name: 'words', controllers: [Visits], services: [Stamp, Envelope, Visit] })
@JsonController('/words')
class Words {
  @Get('/')
  find(): object {
    return { text: 'moin' };
  }

  @Get('/layered')
  @UseBefore(Stamp)
  @UseInterceptor(Envelope)
  async layered(): Promise<object> {
    return await Promise.resolve({ text: 'moin' });
  }

  @Post('/')
  add(@Body() word: Word): Word {
    return word;
  }

  @Get('/streamed')
  stream(): Readable {
    return new Readable({
      read() {
        this.push('moin');
        this.push(null);
      },
    });
  }

  @Get('/none')
  fail(): never {
    throw new NotFoundError('none');
  }
}

const body = JSON.stringify({ text: 'moin' });
const post = `POST /words HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`;

/** In bytes of old objects, for each request. */
export type GrowthReport = Readonly<Record<string, number>>;

const say = (): void => undefined;
const log = { trace: say, debug: say, info: say, warn: say, error: say };
const host = createHost({ plugins: [Words], log, accessLog: true });
const server = await host.listen(0, '127.0.0.1');
const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
await once(socket, 'connect');
const asked = 8_000;
const report: Record<string, number> = {};
for (const [name, request] of Object.entries({
  plain: get('/words'),
  layered: get('/words/layered'),
  'request-scoped': get('/visits'),
  body: post,
  streamed: get('/words/streamed'),
  failing: get('/words/none'),
  unknown: get('/nothing'),
})) {
  await ask(request, 3_000);
  const before = oldBytes();
  await ask(request, asked);
  report[name] = Math.round((oldBytes() - before) / asked);
}
socket.destroy();
await host.close();
console.log(JSON.stringify(report satisfies GrowthReport));

/** One after another. */
async function ask(request: string, times: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let left = times;
    const next = (): void => {
      if (left-- > 0) return void socket.write(request);
      socket.off('data', hear);
      resolve();
    };
    const hear = (answer: Buffer): void => {
      if (answer.includes('HTTP/1.1')) next();
    };
    socket.on('data', hear);
    next();
  });
}

function oldBytes(): number {
  const old = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space');
  if (!old) throw new Error('no old space');
  return old.space_used_size;
}
