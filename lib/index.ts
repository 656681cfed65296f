export { createHost } from './host.ts';
export type { Host } from './hosting/host-interface.ts';
export type { AccessLogOptions } from './hosting/access-log-options.ts';
export { defineConfig } from './hosting/host-config.ts';
export type { HostConfig } from './hosting/host-config.ts';
export { readConfig } from './hosting/read-config.ts';
export type { FoundConfig } from './hosting/read-config.ts';
export type { HostOptions } from './hosting/options.ts';
export { Plugin, pluginOptions } from './plugin/decorator.ts';
export type { Contribution, PluginOptions, Service, Timeouts } from './plugin/options.ts';
export type { Grant, PluginSettings } from './plugin/settings.ts';
export type { Supervise } from './plugin/supervise.ts';
export { extensionPoint } from './plugin/extension-point.ts';
export type { Extension, ExtensionEvent, ExtensionPoint, Extensions } from './plugin/extension-point.ts';
export type { LineLevel, LogLevel } from './plugin/log-level.ts';
export { token, tokenName } from './plugin/tokens.ts';
export type { Class, NamedToken, Token } from './plugin/tokens.ts';
export type {
  HostEvent,
  HostEventMap,
  HostListener,
  PluginFault,
  PluginLeak,
  PluginTransition,
} from './plugin/events.ts';
export type { Problem } from './plugin/problem.ts';
export type { ActionParameter, PathParameter, PathTemplate, PluginAction } from './plugin/actions.ts';
export type { PluginLink, PluginDetails } from './plugin/details.ts';
export { pluginStates } from './plugin/state.ts';
export type { PluginState } from './plugin/state.ts';
export type { ConfigValue, PluginFailure, PluginStatus, RouteStatus } from './plugin/status.ts';
export type { PluginDependency, PluginOutline } from './plugin/outline.ts';
export type { BuildReport, BuildResult } from './plugin/build-report.ts';
export { PluginError } from './errors/plugin-error.ts';
export type { Phase, PluginErrorDetails } from './errors/plugin-error.ts';
export { HostStartError } from './errors/lifecycle-errors.ts';
export { controllersHandler } from './http/controllers-handler.ts';
export type { ControllersContainer, ControllersHandlerOptions } from './http/controllers-options.ts';
export { createServer } from './http/express-bridge.ts';
export type { CreateServerOptions } from './http/express-bridge.ts';
export { RequestSignal } from './http/request-signal.ts';
export { routingControllersErrorBody } from './http/routing-controllers-error-body.ts';
export type { Limits, ViewEngine } from './http/plugin-routes.ts';
export { HostControl } from './services/host-control.ts';
export { HttpRequest } from './services/http-request.ts';
export { RequestLog } from './http/request-log.ts';
export { Logger } from './services/logger.ts';
export type { LogTarget } from './services/logger.ts';
export { Monitor } from './services/monitor.ts';
export type { AnsweredRequest, LoggedLine, RouteRequests } from './services/monitor.ts';
export { Secret } from './services/secret.ts';
export { PluginInfo } from './services/plugin-info.ts';
export { Plugins } from './services/plugins.ts';
export type { Asked, Substitute } from './container/substitutes.ts';
