export { testHost, testPlugin } from './test-builder.ts';
export type { HostTestBuilder, PluginTestBuilder } from './test-builder.ts';
export type { HostTestBed, TestBed } from './test-bed.ts';
export type { LogLine } from './log-capture.ts';
export type { Mocked, MockOf, Mocks } from './mocks.ts';
export type { Recorder } from './recording-mock.ts';
