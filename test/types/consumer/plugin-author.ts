import { IsString } from 'class-validator';
import type { Request } from 'express';
import { injectable } from 'inversify';
import {
  HttpRequest,
  Logger,
  Plugin,
  PluginInfo,
  Plugins,
  RequestSignal,
  type PluginOptions,
} from 'plugboard';
import { Body, Get, JsonController, Param, Post, Req } from 'routing-controllers';

export class GreeterConfig {
  @IsString()
  readonly greeting: string = 'Hello';
}

export abstract class Greetings {
  abstract greet(name: string): string;
}

@injectable()
class PoliteGreetings extends Greetings {
  constructor(private readonly config: GreeterConfig) {
    super();
  }

  greet(name: string): string {
    return `${this.config.greeting} ${name}`;
  }
}

@injectable('Request')
export class Trail {
  constructor(private readonly request: HttpRequest) {}

  get id(): string {
    return this.request.id;
  }
}

class Visitor {
  @IsString()
  name!: string;
}

const options: PluginOptions = {
  name: 'greeter',
  version: '1.0.0',
  requires: { plugboard: '^1' },
  config: GreeterConfig,
  services: [[Greetings, PoliteGreetings], Trail],
  exports: [Greetings],
};

@Plugin(options)
@JsonController('/greet')
export class GreeterPlugin {
  constructor(
    private readonly greetings: Greetings,
    private readonly log: Logger,
    private readonly info: PluginInfo,
    private readonly plugins: Plugins,
  ) {}

  @Get('/:name')
  greet(@Param('name') name: string, @RequestSignal() signal: AbortSignal, @Req() request: Request) {
    signal.throwIfAborted();
    this.log.info('greeted', { name, path: request.path });
    return { greeting: this.greetings.greet(name), by: this.info.name };
  }

  @Post()
  add(@Body() visitor: Visitor) {
    return { name: visitor.name, plugins: [...this.plugins].map(({ name }) => name) };
  }
}

// @ts-expect-error a plugin has a name
Plugin({ version: '1.0.0' });
// @ts-expect-error a replacement is a pair of a token and a class
Plugin({ name: 'wrong', services: [[Greetings]] });
