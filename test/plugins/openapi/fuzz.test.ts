import { deepEqual, equal } from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { Type } from 'class-transformer';
import {
  Contains,
  Equals,
  IsAlpha,
  IsAlphanumeric,
  IsArray,
  IsBoolean,
  IsBooleanString,
  IsDivisibleBy,
  IsEnum,
  IsHexColor,
  IsHexadecimal,
  IsIn,
  IsInt,
  IsIP,
  IsMilitaryTime,
  IsMongoId,
  IsNotIn,
  IsNumber,
  IsNumberString,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  NotContains,
  NotEquals,
  ValidateNested,
} from 'class-validator';
import * as fc from 'fast-check';
import { Plugin } from 'plugboard';
import { Body, JsonController, Post } from 'routing-controllers';
import type { HostTestBed } from 'plugboard/testing';
import { documented, mergedOf } from './documents.ts';

enum Size {
  Small,
  Large,
}

class Inner {
  @IsInt()
  depth!: number;
}

class Sample {
  @IsOptional() @IsString() text?: string;
  @IsOptional() @IsInt() whole?: number;
  @IsOptional() @IsNumber() number?: number;
  @IsOptional() @IsBoolean() flag?: boolean;
  @IsOptional() @Length(1, 3) short?: string;
  @IsOptional() @MaxLength(2) shorter?: string;
  @IsOptional() @Matches(/^[a-c-]+$/) small?: string;
  @IsOptional() @Matches(/^[a-c]+$/i) anyCase?: string;
  @IsOptional() @Matches('^a.c$', 's') dotted?: string;
  @IsOptional() @Contains('a.b') has?: string;
  @IsOptional() @NotContains('+') lacks?: string;
  @IsOptional() @Equals('x') same?: string;
  @IsOptional() @NotEquals('x') other?: string;
  @IsOptional() @IsIn(['x', 1, true]) oneOf?: unknown;
  @IsOptional() @IsNotIn(['x']) noneOf?: string;
  @IsOptional() @IsEnum(Size) size?: Size;
  @IsOptional() @IsAlpha() alpha?: string;
  @IsOptional() @IsAlpha('de-DE') german?: string;
  @IsOptional() @IsAlphanumeric() alphanumeric?: string;
  @IsOptional() @IsHexadecimal() hexadecimal?: string;
  @IsOptional() @IsHexColor() colour?: string;
  @IsOptional() @IsNumberString() digits?: string;
  @IsOptional() @IsBooleanString() flagText?: string;
  @IsOptional() @IsMongoId() id?: string;
  @IsOptional() @IsUUID() uuid?: string;
  @IsOptional() @IsIP() address?: string;
  @IsOptional() @IsIP(6) address6?: string;
  @IsOptional() @IsUrl() url?: string;
  @IsOptional() @IsMilitaryTime() time?: string;
  @IsOptional() @Min(1) @Max(5) @IsInt() few?: number;
  @IsOptional() @IsPositive() positive?: number;
  @IsOptional() @IsDivisibleBy(3) thirds?: number;
  @IsOptional() @IsObject() object?: object;
  @IsOptional() @IsArray() @IsString({ each: true }) texts?: string[];
  @IsOptional() @ValidateNested() @Type(() => Inner) inner?: Inner;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Inner) inners?: Inner[];
}

@Plugin({ name: 'samples' })
@JsonController('/samples')
class SamplesPlugin {
  @Post()
  take(@Body() _sample: Sample) {
    return { taken: true };
  }
}

/** A value that one or the other constraint looks at closely. */
const telling = [
  '',
  'x',
  'a',
  'B',
  'abc',
  'ABC',
  'abcd',
  'a.b',
  'axb',
  'a\nc',
  'a+b',
  'ä',
  'äöü',
  'a-c',
  '😀',
  '😀😀😀',
  '0',
  '1',
  '-1',
  '+1',
  '1.5',
  '.5',
  '1.',
  '1e3',
  'true',
  'false',
  'TRUE',
  'yes',
  '12:30',
  '1230',
  '24:00',
  '#fff',
  'fff',
  '#ffff',
  '#ffffffff',
  '#ff',
  '0xff',
  'ff',
  'g',
  '507f1f77bcf86cd799439011',
  '127.0.0.1',
  '::1',
  '256.0.0.1',
  'example.com',
  'http://example.com',
  'http://',
  'localhost',
  '9f1d6b0e-7f0d-4b5c-9a53-3f0a4d3f0c11',
  '9f1d6b0e',
  0,
  1,
  2,
  3,
  5,
  6,
  -3,
  0.5,
  true,
  false,
  {},
  { depth: 1 },
  { depth: 'x' },
  [],
  ['a'],
  [1],
  [{ depth: 1 }],
  [{ depth: 0.5 }],
  [{}],
  { a: 1 },
];

const anything = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.integer({ min: -10, max: 10 }),
  fc.integer({ min: -1000, max: 1000 }).map((quarters) => quarters / 4),
);

/** What JSON Schema has no words for: flags of patterns, letters of a language, addresses without a scheme. */
const wider: ReadonlySet<string> = new Set(['anyCase', 'dotted', 'german', 'url']);

/** Where one is asked for, a list of them is taken as well, and the other way round. */
const narrower: ReadonlySet<string> = new Set(['inner', 'inners']);

describe('what the OpenAPI document says of a body', () => {
  let bed: HostTestBed;
  let properties: readonly string[];
  let isDescribed: (body: object) => boolean;

  before(async () => {
    bed = await documented([SamplesPlugin]);
    const ajv = new Ajv2020({ strict: false, unicodeRegExp: false });
    formats.default(ajv);
    const document = mergedOf(bed.host);
    ajv.addSchema(document, 'x:document');
    properties = Object.keys(document.components.schemas['Sample']?.['properties'] as object);
    isDescribed = ajv.compile({ $ref: 'x:document#/components/schemas/Sample' });
  });

  after(async () => bed.close());

  it('is what the host takes and refuses, for each constraint and all that is telling', async () => {
    const found: (string | undefined)[] = [];
    for (const property of properties) {
      for (const sent of telling) found.push(await contradiction(property, sent));
    }
    deepEqual(
      found.filter((one) => one !== undefined),
      [],
    );
  });

  it('is what the host takes and refuses, whatever is sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...properties), anything, async (property, sent) => {
        equal(await contradiction(property, sent), undefined);
      }),
      { numRuns: 500 },
    );
  });

  async function contradiction(property: string, sent: unknown): Promise<string | undefined> {
    const body = { [property]: sent };
    const { status } = await bed.request.post('/samples').send(body);
    const isTaken = status === 200;
    if (isDescribed(body) === isTaken || (isTaken ? narrower : wider).has(property)) return undefined;
    return `${JSON.stringify(body)}: ${isTaken ? 'taken, and not described' : `${status}, and described`}`;
  }
});
