import { variablePrefix, type Variables } from '../services/variables.ts';
import { hostPrefix } from './read-config.ts';
import type { Member } from './roster.ts';

export interface UnreadVariable {
  readonly variable: string;
  readonly line: string;
}

/**
 * Each variable that looks like one of Plugboard's and that no plugin has read, with a line that says so. A plugin of which
 * nobody knows what it would read, since it `hasAsked` for nothing yet, may want it.
 */
export function unreadVariables(
  variables: Variables,
  members: readonly Member[],
  hasAsked: (member: Member) => boolean,
): readonly UnreadVariable[] {
  const prefixes = new Map(members.map((member) => [variablePrefix(member.name), member]));
  return variables.unread.flatMap((variable) => {
    if (variable.startsWith(hostPrefix)) {
      return [{ variable, line: `${variable} is no option of the host.` }];
    }
    const own = [...prefixes.keys()].filter((prefix) => variable.startsWith(prefix));
    const prefix = own.sort((one, other) => other.length - one.length)[0];
    const member = prefix === undefined ? undefined : prefixes.get(prefix);
    if (!member) return [{ variable, line: `${variable} is of no plugin of this host.` }];
    return hasAsked(member) ? [{ variable, line: `${variable} is no setting of ${member.name}.` }] : [];
  });
}
