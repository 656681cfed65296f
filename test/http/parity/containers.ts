import { Container } from 'inversify';
import { Get, JsonController } from 'routing-controllers';
import { json, row, type Row, type Topic } from './row.ts';

class Shelf {
  constructor(readonly content: readonly string[] = ['made without a container']) {}
}

@JsonController('/shelves')
class ShelfController {
  constructor(private readonly shelf: Shelf = new Shelf()) {}

  @Get('/books')
  books() {
    return this.shelf.content;
  }

  @Get('/maps')
  maps() {
    return this.shelf.content.map((title) => `map of ${title}`);
  }
}

@JsonController('/elsewhere')
class ElsewhereController {
  @Get('/photos')
  photos() {
    return ['photo'];
  }
}

const bound = new Container();
bound.bind(ShelfController).toDynamicValue(() => new ShelfController(new Shelf(['from inversify'])));

const kept = new Map<unknown, object>();
const known = new Map<unknown, object>([[ShelfController, new ShelfController(new Shelf(['from a map']))]]);

const shelves = (content: string): Readonly<Row[]> => [
  row('get /shelves/books', json([content])),
  row('get /shelves/maps', json([`map of ${content}`])),
];
const elsewhere = row('get /elsewhere/photos', json(['photo']));

export const containerTopics: readonly Topic[] = [
  {
    spec: 'container',
    setups: [
      {
        controllers: [ShelfController],
        container: { get: (type) => bound.get(type) },
        cases: { "classes come from a library's container": shelves('from inversify') },
      },
      {
        controllers: [ShelfController],
        container: {
          get: (type) => {
            if (!kept.has(type)) kept.set(type, new ShelfController(new Shelf(['from my own'])));
            return kept.get(type);
          },
        },
        cases: { 'classes come from a container of my own': shelves('from my own') },
      },
      {
        controllers: [ShelfController, ElsewhereController],
        container: { get: (type) => known.get(type), options: { fallback: true } },
        cases: { 'what a container does not know is made without it': [...shelves('from a map'), elsewhere] },
      },
      {
        controllers: [ShelfController, ElsewhereController],
        container: {
          get: (type) => {
            const found = known.get(type);
            if (!found) throw new Error(`No ${type.name}`);
            return found;
          },
          options: { fallback: true, fallbackOnErrors: true },
        },
        cases: { 'what a container fails to give is made without it': [...shelves('from a map'), elsewhere] },
      },
    ],
  },
];
