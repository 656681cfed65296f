/** Timeouts of sockets are born without a reference, an author's are not: there are several to each request. */
export function isNodesTimer(type: string, resource: object): boolean {
  return type === 'Timeout' && !(resource as NodeJS.Timeout).hasRef();
}
