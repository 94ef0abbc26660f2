/** Ctrl-C, a supervisor's SIGTERM, and a parent that died. */
/**
 * Resolves when this process is to end: at SIGINT or SIGTERM, or when the parent that started it with a channel is
 * gone. A second signal ends it at once, whatever it is waiting for.
 */
export declare function untilToldToEnd(): Promise<string>;
//# sourceMappingURL=signals.d.ts.map