import { equal } from 'node:assert/strict';
import { nearestName } from '#lib/plugin/nearest-name.js';

describe('the nearest name', () => {
  it('is the one with the fewest letters to change, the first of those that are as near', () => {
    equal(nearestName('port', ['sort', 'part', 'ports']), 'sort');
    equal(nearestName('prefx', ['views', 'prefix', 'prefixes']), 'prefix');
    equal(nearestName('controler', ['constellation', 'controllers']), 'controllers');
  });

  it('does not mind the case', () => {
    equal(nearestName('STARTMS', ['stopMs', 'startMs']), 'startMs');
  });

  it('is none where more than two letters, or a third of a long name, would have to change', () => {
    equal(nearestName('abc', ['axy']), 'axy');
    equal(nearestName('abc', ['xyz']), undefined);
    equal(nearestName('abcdefghi', ['abcdefxyz']), 'abcdefxyz');
    equal(nearestName('abcdefghi', ['abcdewxyz']), undefined);
    equal(nearestName('abc', []), undefined);
  });

  it('counts what is put in and what is left out', () => {
    equal(nearestName('views', ['vws']), 'vws');
    equal(nearestName('vws', ['views']), 'views');
    equal(nearestName('', ['ab']), 'ab');
    equal(nearestName('', ['abc']), undefined);
  });
});
