import { variablePrefix, type Variables } from '../services/variables.ts';
import { hostPrefix } from './read-config.ts';
import type { Member } from './roster.ts';

/** A line for each variable that looks like one of Plugboard's and that no plugin has read. */
export function unreadVariables(variables: Variables, members: readonly Member[]): readonly string[] {
  const prefixes = new Map(members.map((member) => [variablePrefix(member.name), member]));
  return variables.unread.flatMap((variable) => {
    if (variable.startsWith(hostPrefix)) return [`${variable} is no option of the host.`];
    const own = [...prefixes.keys()].filter((prefix) => variable.startsWith(prefix));
    const prefix = own.sort((one, other) => other.length - one.length)[0];
    const member = prefix === undefined ? undefined : prefixes.get(prefix);
    if (!member) return [`${variable} is of no plugin of this host.`];
    // What does not run has not asked for anything.
    return member.live ? [`${variable} is no setting of ${member.name}.`] : [];
  });
}
