/** The log: JSON lines on standard error, which leaves standard output to what a command prints. */
import { pino } from 'pino';
/** Whatever a logged object calls by these names is replaced, four levels deep. Keys are never logged on purpose. */
const SECRET_FIELDS = ['secretKey', 'secret', 'seed', 'privateKey', 'sessionKey', 'keys', 'identity'];
const REDACTED = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]);
/** A logger. Not for the vote path: a line costs as much as a signature check. */
export function createLogger({ level, base, destination }) {
    return pino({
        level,
        base,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        redact: { paths: REDACTED, censor: '[secret]' },
    }, destination ?? pino.destination({ fd: 2, sync: true }));
}
//# sourceMappingURL=log.js.map