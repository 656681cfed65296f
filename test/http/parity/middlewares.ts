import type { NextFunction, Request, Response } from 'express';
import { setImmediate } from 'node:timers/promises';
import {
  Controller,
  Get,
  Interceptor,
  Middleware,
  NotAcceptableError,
  UseAfter,
  UseBefore,
  UseInterceptor,
  type Action,
  type ExpressMiddlewareInterface,
  type InterceptorInterface,
} from 'routing-controllers';
import { traces } from '../parity-middlewares.ts';
import { page, refused, row, traced, type Topic } from './row.ts';

const note =
  (name: string) =>
  (_request: Request, _response: Response, next: NextFunction): void => {
    traces.push(name);
    next();
  };

function noting(name: string, priority?: number): new () => ExpressMiddlewareInterface {
  @Middleware(priority === undefined ? { type: 'after' } : { type: 'after', priority })
  class Noting implements ExpressMiddlewareInterface {
    use(...handed: [Request, Response, NextFunction]): void {
      note(name)(...handed);
    }
  }
  return Noting;
}

@Middleware({ type: 'before' })
class BeforeAll implements ExpressMiddlewareInterface {
  use(...handed: [Request, Response, NextFunction]): void {
    note('before all')(...handed);
  }
}

@Middleware({ type: 'after' })
class AfterAll implements ExpressMiddlewareInterface {
  use(...handed: [Request, Response, NextFunction]): void {
    note('after all')(...handed);
  }
}

class Logging implements ExpressMiddlewareInterface {
  use(...handed: [Request, Response, NextFunction]): void {
    note('class before')(...handed);
  }
}

class Refusing implements ExpressMiddlewareInterface {
  use(): void {
    throw new NotAcceptableError('not here');
  }
}

@Controller('/steps')
class StepController {
  @Get('/plain')
  plain() {
    traces.push('action');
    return 'done';
  }

  @Get('/class')
  @UseBefore(Logging)
  class() {
    traces.push('action');
    return 'done';
  }

  @Get('/before')
  @UseBefore(note('before'))
  before() {
    traces.push('action');
    return 'done';
  }

  @Get('/after')
  @UseAfter(note('after'))
  after() {
    traces.push('action');
    return 'done';
  }

  @Get('/both')
  @UseBefore(note('before'))
  @UseAfter(note('after'))
  both() {
    traces.push('action');
    return 'done';
  }

  @Get('/refused')
  @UseBefore(Refusing)
  refused() {
    return 'never';
  }
}

// Declared in another order than they run.
const [third, first, second] = [noting('third'), noting('first'), noting('second')];
const [lowest, highest, middle] = [noting('lowest', 0), noting('highest', 8), noting('middle', 4)];

@Interceptor()
class WithoutNumbers implements InterceptorInterface {
  intercept(_action: Action, result: string): unknown {
    return result.replace(/\d/g, '');
  }
}

class Greeting implements InterceptorInterface {
  intercept(_action: Action, result: string): unknown {
    return result.replace(/bye/g, 'hello');
  }
}

class Mild implements InterceptorInterface {
  intercept(_action: Action, result: string): unknown {
    return result.replace(/awful/g, 'mild');
  }
}

class Later implements InterceptorInterface {
  async intercept(_action: Action, result: string): Promise<unknown> {
    await setImmediate();
    return result.replace(/hello/g, 'later');
  }
}

@Controller('/words')
@UseInterceptor(Greeting)
class WordController {
  @Get('/function')
  @UseInterceptor((_action: Action, result: string) => result.replace(/hello/g, 'hello world'))
  function() {
    return '<p>awful hello</p>';
  }

  @Get('/class')
  @UseInterceptor(Mild)
  class() {
    return '<p>awful words</p>';
  }

  @Get('/controller')
  controller() {
    return '<p>bye world</p>';
  }

  @Get('/all')
  all() {
    return '<p>hello1234567890 world</p>';
  }

  @Get('/later')
  @UseInterceptor(Later)
  later() {
    return '<p>hello world</p>';
  }
}

const done = page('done');

export const middlewareTopics: readonly Topic[] = [
  {
    spec: 'express-middlewares',
    setups: [
      {
        controllers: [StepController],
        middlewares: [BeforeAll, AfterAll],
        cases: {
          'middlewares of all run before and after': [
            row('get /steps/plain', traced(done, 'before all', 'action', 'after all')),
          ],
          'a class may be used by an action': [
            row('get /steps/class', traced(done, 'before all', 'class before', 'action', 'after all')),
          ],
          'a function may be used before an action': [
            row('get /steps/before', traced(done, 'before all', 'before', 'action', 'after all')),
          ],
          'a function may be used after an action': [
            row('get /steps/after', traced(done, 'before all', 'action', 'after', 'after all')),
          ],
          'functions may be used before and after an action': [
            row('get /steps/both', traced(done, 'before all', 'before', 'action', 'after', 'after all')),
          ],
          'an error of a middleware is the answer': [row('get /steps/refused', refused(406, 'not here'))],
        },
      },
    ],
  },
  {
    spec: 'middlewares-order',
    setups: [
      {
        controllers: [StepController],
        middlewares: [first, second, third],
        cases: {
          'middlewares run in the order of the list': [
            row('get /steps/plain', traced(done, 'action', 'first', 'second', 'third')),
          ],
        },
      },
      {
        controllers: [StepController],
        middlewares: [middle, lowest, highest],
        cases: {
          'middlewares run by their priority': [
            row('get /steps/plain', traced(done, 'action', 'highest', 'middle', 'lowest')),
          ],
        },
      },
    ],
  },
  {
    spec: 'interceptors',
    setups: [
      {
        controllers: [WordController],
        interceptors: [WithoutNumbers],
        cases: {
          'a function changes a result': [row('get /words/function', page('<p>awful hello world</p>'))],
          'a class changes a result': [row('get /words/class', page('<p>mild words</p>'))],
          "a controller's class changes the results of its actions": [
            row('get /words/controller', page('<p>hello world</p>')),
          ],
          'a class for all changes all results': [row('get /words/all', page('<p>hello world</p>'))],
          'an interceptor may take its time': [row('get /words/later', page('<p>later world</p>'))],
        },
      },
    ],
  },
];
