import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { Clock, GreeterPlugin, Salutation } from '../greeter-plugin.ts';

describe('the greeter', () => {
  const now = vi.fn(() => '12:00');
  let bed: TestBed<GreeterPlugin>;

  beforeEach(async () => {
    bed = await testPlugin(GreeterPlugin).mock(Clock, { now }).start();
  });
  afterEach(async () => bed.close());

  it('greets by name', async () => {
    await bed.request.get('/greet/ada').expect(200, { greeting: 'Hello ada', at: '12:00' });
    expect(now).toHaveBeenCalledOnce();
  });

  it('is called without HTTP', () => {
    expect(bed.plugin.greet('grace')).toEqual({ greeting: 'Hello grace', at: '12:00' });
  });

  it('greets with a mocked service of its own, while time stands still', async () => {
    vi.useFakeTimers();
    const other = await testPlugin(GreeterPlugin)
      .mock(Salutation, { of: () => 'Ahoy' })
      .autoMock()
      .start();
    await other.request.get('/greet/ada').expect(200, { greeting: 'Ahoy' });
    await other.close();
    vi.useRealTimers();
  });

  it('compares and prints mocks', () => {
    const clock = bed.mocks.get(Clock);
    expect(clock).toEqual({ now });
    expect(() => expect(clock).toEqual({ now: 1 })).toThrow(/now/);
    expect(() => clock.zone).toThrow('Clock.zone was used');
  });

  it('tells what it is missing', async () => {
    await expect(testPlugin(GreeterPlugin).start()).rejects.toThrow('.mock(Clock, { … })');
  });
});
