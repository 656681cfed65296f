export { testHost, testPlugin } from './test-builder.ts';
export type { HostTestBuilder, PluginTestBuilder } from './test-builder.ts';
export type { HostTestBed, TestBed } from './test-bed.ts';
export type { LogLine } from './log-capture.ts';
export type { Mocked, Mocks, Recorder } from './mocks.ts';
