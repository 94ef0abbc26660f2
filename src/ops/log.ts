/** The log: JSON lines on standard error, which leaves standard output to what a command prints. */

import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export interface LogOptions {
  /** Least severe level that is written: `trace` … `fatal`, or `silent`. */
  readonly level: string;
  /** Fields of every line, such as the validator's name. */
  readonly base: Readonly<Record<string, string | number>>;
  /** Where lines go; default: file descriptor 2, written synchronously, so that a crash loses none. */
  readonly destination?: { write(line: string): void };
}

/** Whatever a logged object calls by these names is replaced, four levels deep. Keys are never logged on purpose. */
const SECRET_FIELDS = ['secretKey', 'secret', 'seed', 'privateKey', 'sessionKey', 'keys', 'identity'];
const REDACTED = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]);

/** A logger. Not for the vote path: a line costs as much as a signature check. */
export function createLogger({ level, base, destination }: LogOptions): Logger {
  return pino(
    {
      level,
      base,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED, censor: '[secret]' },
    },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
