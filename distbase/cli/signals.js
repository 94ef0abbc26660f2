/** Ctrl-C, a supervisor's SIGTERM, and a parent that died. */
/**
 * Resolves when this process is to end: at SIGINT or SIGTERM, or when the parent that started it with a channel is
 * gone. A second signal ends it at once, whatever it is waiting for.
 */
export function untilToldToEnd() {
    return new Promise((resolve) => {
        let told = false;
        const onSignal = (signal) => {
            if (told)
                process.exit(signal === 'SIGINT' ? 130 : 143);
            told = true;
            resolve(signal);
        };
        process.on('SIGINT', onSignal);
        process.on('SIGTERM', onSignal);
        if (process.connected)
            process.on('disconnect', () => resolve('the parent process ended'));
    });
}
//# sourceMappingURL=signals.js.map