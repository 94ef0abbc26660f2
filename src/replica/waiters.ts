/** Who is to be told when a transaction has executed. */

import type { Digest } from '../core/ids.ts';
import type { ClientSession } from '../transport/interface.ts';

/** Sessions kept per transaction: a client that reconnects asks again, and the newest connections matter. */
const SESSIONS_PER_TRANSACTION = 4;

/** Bounded by the mempool: whoever waits, waits for a transaction that is in it or in flight. */
export class Waiters {
  private readonly sessions = new Map<Digest, ClientSession | ClientSession[]>();

  add(digest: Digest, session: ClientSession): void {
    const known = this.sessions.get(digest);
    if (known === undefined) this.sessions.set(digest, session);
    else if (!Array.isArray(known)) {
      if (known !== session) this.sessions.set(digest, known.open ? [known, session] : session);
    } else if (!known.includes(session)) {
      known.push(session);
      if (known.length > SESSIONS_PER_TRANSACTION) known.shift();
    }
  }

  /** Gives the sessions and forgets them. */
  take(digest: Digest): readonly ClientSession[] {
    const known = this.sessions.get(digest);
    if (known === undefined) return [];
    this.sessions.delete(digest);
    return Array.isArray(known) ? known : [known];
  }

  forget(digest: Digest): void {
    this.sessions.delete(digest);
  }

  get size(): number {
    return this.sessions.size;
  }
}
