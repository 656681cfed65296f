import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { testPlugin } from 'plugboard/testing';
import { Station } from '../contracts.ts';
import { Advice } from '../plugins/weather/advice.ts';
import { WeatherPlugin } from '../plugins/weather/index.ts';

describe('the weather plugin', () => {
  // #region mock
  it('answers with the temperature and what to wear', async () => {
    await using bed = await testPlugin(WeatherPlugin)
      .mock(Station, { temperature: async () => 4 })
      .start();

    await bed.request
      .get('/weather/oslo')
      .expect(200, { city: 'oslo', degrees: 4, unit: 'celsius', advice: 'Take a coat.' });
  });
  // #endregion

  // #region instance
  it('can be called without HTTP', async () => {
    await using bed = await testPlugin(WeatherPlugin)
      .mock(Station, { temperature: async () => 21 })
      .start();

    const { advice } = await bed.plugin.now('rome');
    equal(advice, 'Leave the coat.');
  });
  // #endregion

  // #region config
  it('gives degrees in Fahrenheit where it is set up so', async () => {
    await using bed = await testPlugin(WeatherPlugin)
      .mock(Station, { temperature: async () => 100 })
      .config({ unit: 'fahrenheit' })
      .start();

    equal((await bed.plugin.now('kettle')).degrees, 212);
  });

  it('does not start with a unit that it does not know', async () => {
    const start = testPlugin(WeatherPlugin).autoMock().config({ unit: 'kelvin' }).start();
    await rejects(start, /unit must be one of the following values: celsius, fahrenheit/);
  });
  // #endregion

  // #region provide
  it('asks whatever station it is given, and a service of its own can be replaced', async () => {
    class Thermometer extends Station {
      async temperature(city: string): Promise<number> {
        return city.length;
      }
      close(): void {}
    }
    await using bed = await testPlugin(WeatherPlugin)
      .provide(Station, new Thermometer())
      .mock(Advice, { on: () => 'Stay in.' })
      .start();

    await bed.request
      .get('/weather/oslo')
      .expect(200, { city: 'oslo', degrees: 4, unit: 'celsius', advice: 'Stay in.' });
  });
  // #endregion

  // #region automock
  it('asks the station once, for the city in the path', async () => {
    await using bed = await testPlugin(WeatherPlugin).autoMock().start();
    const station = bed.mocks.get(Station);
    station.temperature.returns?.(Promise.resolve(15));

    await bed.request.get('/weather/paris').expect(200);
    deepEqual(station.temperature.calls, [['paris']]);
  });
  // #endregion

  // #region logs
  it('answers 404 and logs it where the station fails', async () => {
    await using bed = await testPlugin(WeatherPlugin)
      .mock(Station, {
        temperature: async () => {
          throw new Error('out of order');
        },
      })
      .start();

    const { body } = await bed.request.get('/weather/atlantis').expect(404);
    match((body as Error).message, /atlantis/);
    deepEqual(
      bed.logs
        .filter(({ plugin }) => plugin === 'weather')
        .map(({ level, message }) => `${level}: ${message}`),
      ['warn: the station does not answer'],
    );
  });
  // #endregion

  // #region forgotten
  it('is told what it has forgotten to mock', async () => {
    await rejects(testPlugin(WeatherPlugin).start(), /\.mock\(Station, \{ … \}\)/);
  });
  // #endregion
});
