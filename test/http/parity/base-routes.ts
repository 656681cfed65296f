import { Controller, Get, JsonController, Post } from 'routing-controllers';
import { json, page, refused, row, type Topic } from './row.ts';

@Controller('/books')
class BookController {
  @Get('/')
  all() {
    return '<p>all books</p>';
  }

  @Get('/:id(\\d+)')
  one() {
    return '<p>one book</p>';
  }

  @Get(/\/shelves\/(\d+)/)
  shelf() {
    return '<p>one shelf</p>';
  }

  @Get('/:book(\\d+)/readers/:reader(\\d+)')
  reader() {
    return '<p>one reader</p>';
  }
}

@Controller('/order')
class NarrowController {
  @Get('/middle/narrow/*rest')
  any() {
    return 'narrow';
  }
}

@Controller('/order')
class MiddleController {
  @Get('/middle/*rest')
  any() {
    return 'middle';
  }
}

@Controller('/order')
class WideController {
  @Get('/*rest')
  any() {
    return 'wide';
  }
}

@JsonController()
class PrefixedController {
  @Get('/here')
  here() {
    return { here: true };
  }

  @Get('/deep/there')
  there() {
    return { there: true };
  }
}

abstract class Template {
  @Post()
  create() {
    return `made by ${this.constructor.name}`;
  }
}

@Controller('/derived')
class DerivedController extends Template {}

@Controller('/autonomous')
class AutonomousController {
  @Post()
  create() {
    return 'made alone';
  }
}

class Undecorated {}

/** `:id(\\d+)`: the router of Express 5 has no patterns within paths. */
export const noPatterns = 'on Express 5, paths with a pattern of their own';

export const routeTopics: readonly Topic[] = [
  {
    spec: 'controller-base-routes',
    setups: [
      {
        controllers: [BookController],
        unservable: noPatterns,
        cases: {
          "a controller's own path is a route": [row('get /books', page('<p>all books</p>'))],
          'a parameter has a pattern': [
            row('get /books/1', page('<p>one book</p>')),
            row('get /books/shelves/12', page('<p>one shelf</p>')),
          ],
          'two parameters have patterns': [row('get /books/1/readers/2', page('<p>one reader</p>'))],
          "a parameter's path is nothing without its controller's": [row('get /1/readers/1', refused(404))],
          "a regular expression's path is nothing without its controller's": [
            row('get /shelves/1', refused(404)),
          ],
          'the end of a path is not the path': [row('get /readers/1', refused(404))],
        },
      },
    ],
  },
  {
    spec: 'controller-order',
    setups: [
      {
        // Later versions ask them in the order of this list.
        controllers: [WideController, MiddleController, NarrowController],
        cases: {
          'controllers are asked in the order in which they are declared': [
            row('get /order/middle/narrow/any', page('narrow')),
            row('get /order/middle/any', page('middle')),
            row('get /order/any', page('wide')),
          ],
        },
      },
    ],
  },
  {
    spec: 'route-prefix-regexp',
    setups: [
      {
        controllers: [PrefixedController],
        options: { routePrefix: '/api' },
        cases: {
          'a prefix is in front of a route': [row('get /api/here', json({ here: true }))],
          'a prefix is in front of a deep route': [row('get /api/deep/there', json({ there: true }))],
          'another prefix is none': [row('get /other/here', refused(404)), row('get /here', refused(404))],
        },
      },
      {
        controllers: [PrefixedController],
        options: { routePrefix: '' },
        cases: { 'an empty prefix is none': [row('get /here', json({ here: true }))] },
      },
    ],
  },
  {
    spec: 'controller-inheritance',
    setups: [
      {
        controllers: [Undecorated],
        cases: { 'a class without decorators has no routes': [row('post /derived', refused(404))] },
      },
      {
        controllers: [DerivedController],
        cases: {
          'a subclass alone has what it inherits': [
            row('post /derived', page('made by DerivedController')),
            row('post /autonomous', refused(404)),
          ],
        },
      },
      {
        controllers: [AutonomousController],
        cases: {
          'the other alone has its own': [
            row('post /autonomous', page('made alone')),
            row('post /derived', refused(404)),
          ],
        },
      },
      {
        controllers: [DerivedController, AutonomousController],
        cases: {
          'both have their own': [
            row('post /derived', page('made by DerivedController')),
            row('post /autonomous', page('made alone')),
          ],
        },
      },
    ],
  },
];
