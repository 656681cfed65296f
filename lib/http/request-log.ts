import { createParamDecorator } from 'routing-controllers';
import { createLogger, defaultLog, type Logger } from '../services/logger.ts';
import { requestContext } from './request-context.ts';

/**
 * Gives an action the plugin's log, with the id of its request in every line. Only an action that asks for it pays for it.
 *
 * @example
 * \@Post('/orders')
 * take(\@Body() order: Order, \@RequestLog() log: Logger) { log.info('order taken', { order: order.id }); }
 */
export function RequestLog(): ParameterDecorator {
  return createParamDecorator({
    required: false,
    value: ({ request }) => requestLog(request as object),
  }) as ParameterDecorator;
}

/** Undefined while no action serves the request. */
export function requestLog(request: object): Logger | undefined {
  const context = requestContext(request);
  // Without a host there is no log but Plugboard's own.
  const log = context && (context.action.log ?? createLogger(defaultLog(), {}));
  return log?.child({ requestId: context?.id });
}
