import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDate,
  IsNumber,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Controller, Get, JsonController, QueryParam, QueryParams } from 'routing-controllers';
import { page, refused, row, type Topic } from './row.ts';

const areTrue = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value) ? value.map((one) => one !== 'false') : value !== 'false';

class Frame {
  @Min(5)
  width!: number;

  @IsString()
  wood!: string;

  @IsBoolean()
  glazed!: boolean;
}

class Gallery {
  @MaxLength(5)
  order?: string;

  @IsString()
  pages?: string;

  @Min(5)
  limit?: number;

  @IsBoolean()
  all: boolean = true;

  @ValidateNested()
  frame?: Frame;

  @IsArray()
  @IsString({ each: true })
  words?: string[];

  @IsArray()
  @IsNumber(undefined, { each: true })
  @Type(() => Number)
  numbers?: number[];

  @IsArray()
  @IsBoolean({ each: true })
  @Transform(areTrue)
  flags?: boolean[];

  @IsArray()
  @IsDate({ each: true })
  @Type(() => Date)
  days?: Date[];
}

class Strict {
  @IsArray()
  @IsBoolean({ each: true })
  @Transform(areTrue)
  flags?: boolean[];
}

const shown = (value: unknown): string => `<p>${JSON.stringify(value)}</p>`;

@Controller('/gallery')
class GalleryController {
  @Get('/all')
  all(@QueryParams() query: Gallery) {
    return shown(query);
  }

  @Get('/unchecked')
  unchecked(@QueryParams({ validate: false }) query: Gallery) {
    return shown(query);
  }

  @Get('/lenient')
  lenient(@QueryParams({ validate: { skipMissingProperties: true } }) query: Gallery) {
    return shown(query);
  }

  @Get('/strict')
  strict(@QueryParams({ validate: { whitelist: true, forbidNonWhitelisted: true } }) query: Strict) {
    return shown(query);
  }

  @Get('/each')
  each(
    @QueryParam('order') order: string,
    @QueryParam('pages') pages: string,
    @QueryParam('limit') limit: number,
    @QueryParam('all') all: boolean,
  ) {
    return shown({ order, pages, limit, all });
  }

  @Get('/limit')
  limit(@QueryParam('limit', { required: true }) limit: number) {
    return shown(limit);
  }

  @Get('/words')
  words(@QueryParam('words', { required: true }) words: string[]) {
    return shown(words);
  }

  @Get('/numbers')
  numbers(@QueryParam('numbers', { required: true, type: Number, isArray: true }) numbers: number[]) {
    return shown(numbers);
  }

  @Get('/days')
  days(@QueryParam('days', { required: true, type: Date, isArray: true }) days: Date[]) {
    return shown(days.map((day) => day.getTime()));
  }

  @Get('/filter')
  filter(@QueryParam('filter', { parse: true }) filter: { word: string; limit: number }) {
    return shown(filter);
  }
}

@JsonController('/diary')
class DiaryController {
  @Get('/')
  since(@QueryParam('from', { required: true }) from: Date) {
    return from.toISOString();
  }
}

const scalars = 'order=name&pages=2&limit=10&all';
const lists =
  'words=a&words=b&numbers=1&numbers=2.3&flags=false&flags=true&days=2017-02-01T00:00:00Z&days=2017-03-01T00:00:00Z';
const frame = encodeURIComponent('{"width":5,"wood":"oak","glazed":true}');
const [february, march] = ['2017-02-01T00:00:00.000Z', '2017-03-01T00:00:00.000Z'];
const scalarValues = { order: 'name', pages: '2', limit: 10, all: true };
const millis = (day: string): number => new Date(day).getTime();

/** In the order of the class's own fields first, as class-transformer makes it. */
function shows(value: object): ReturnType<typeof page> {
  const parts = Object.entries(value).map(
    ([key, one]) => `(?=.*"${key}":${escaped(JSON.stringify(one))}[,}])`,
  );
  return page(new RegExp(`^<p>${parts.join('')}`));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export const queryTopics: readonly Topic[] = [
  {
    spec: 'action-params',
    setups: [
      {
        controllers: [GalleryController],
        cases: {
          'all query parameters have the types of their class': [
            row(
              `get /gallery/all?${scalars}&${lists}`,
              shows({
                ...scalarValues,
                words: ['a', 'b'],
                numbers: [1, 2.3],
                flags: [false, true],
                days: [february, march],
              }),
            ),
          ],
          'one value is a list of one': [
            row(
              `get /gallery/all?${scalars}&words=a&numbers=1&flags=true&days=2017-02-01T00:00:00Z`,
              shows({ ...scalarValues, words: ['a'], numbers: [1], flags: [true], days: [february] }),
            ),
          ],
          'what is not in the class is refused where it is to be': [
            row('get /gallery/strict?flags=false', page('<p>{"flags":[false]}</p>')),
            row('get /gallery/strict?flags=false&more=1', refused(400)),
          ],
          'an object comes as JSON': [
            row(
              `get /gallery/all?${scalars}&frame=${frame}&${lists}`,
              shows({ ...scalarValues, frame: { width: 5, wood: 'oak', glazed: true } }),
            ),
          ],
          'checking can be turned off': [
            row(
              'get /gallery/unchecked?order=far-too-long&pages=2&limit=1&all=true',
              shows({ order: 'far-too-long', pages: '2', limit: 1, all: true }),
            ),
            row('get /gallery/all?order=far-too-long&pages=2&limit=1&all=true', refused(400)),
          ],
          'what is missing can be let pass': [
            row('get /gallery/lenient?order=name&limit=10', shows({ all: true, order: 'name', limit: 10 })),
            row('get /gallery/all?order=name&limit=10', refused(400)),
          ],
          'each parameter has its type': [
            row(
              'get /gallery/each?order=name&pages=2&limit=10&all=true',
              page('<p>{"order":"name","pages":"2","limit":10,"all":true}</p>'),
            ),
          ],
          'one word is a list': [row('get /gallery/words?words=a', page('<p>["a"]</p>'))],
          'words are a list': [
            row('get /gallery/words?words=a&words=b&words=b', page('<p>["a","b","b"]</p>')),
          ],
          'one number is a list': [row('get /gallery/numbers?numbers=1', page('<p>[1]</p>'))],
          'numbers are a list': [
            row('get /gallery/numbers?numbers=1&numbers=2&numbers=2', page('<p>[1,2,2]</p>')),
          ],
          'one date is a list': [
            row('get /gallery/days?days=2021-01-01', page(`<p>[${millis('2021-01-01')}]</p>`)),
          ],
          'dates are a list': [
            row(
              'get /gallery/days?days=2021-01-01&days=2020-01-01',
              page(`<p>[${millis('2021-01-01')},${millis('2020-01-01')}]</p>`),
            ),
          ],
          'what is required must be there': [
            row('get /gallery/limit?limit=0', page('<p>0</p>')),
            row('get /gallery/limit?', refused(400, 'Query parameter "limit" is required')),
            row('get /gallery/limit?limit', refused(400, 'cannot be parsed into number')),
          ],
          'JSON is parsed where it is to be': [
            row(
              `get /gallery/filter/?filter=${encodeURIComponent('{"word": "name", "limit": 5}')}`,
              page('<p>{"word":"name","limit":5}</p>'),
            ),
          ],
        },
      },
      {
        controllers: [DiaryController],
        cases: {
          'a date is parsed': [
            row('get /diary/?from=2017-01-01T00:00:00Z', { status: 200, text: '"2017-01-01T00:00:00.000Z"' }),
          ],
          'what is not a date is refused': [
            row('get /diary/?from=NeverEver', refused(400, '"name":"ParamNormalizationError"')),
          ],
        },
      },
    ],
  },
];
