import { createParamDecorator } from 'routing-controllers';
import { requestContext } from './request-context.ts';

/**
 * Gives an action the `AbortSignal` of its request. It fires when the client goes before the answer is complete, and when
 * the plugin's `requestMs` is over.
 *
 * @example
 * \@Get('/report')
 * report(@RequestSignal() signal: AbortSignal) { return fetch(source, { signal }); }
 */
export function RequestSignal(): ParameterDecorator {
  return createParamDecorator({
    required: false,
    value: ({ request }) => requestContext(request)?.signal,
  }) as ParameterDecorator;
}
