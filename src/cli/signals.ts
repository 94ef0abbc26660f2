/** Ctrl-C, a supervisor's SIGTERM, and a parent that died. */

/**
 * Resolves when this process is to end: at SIGINT or SIGTERM, or when the parent that started it with a channel is
 * gone. A second SIGINT ends it at once.
 */
export function untilToldToEnd(): Promise<string> {
  return new Promise((resolve) => {
    let told = false;
    process.on('SIGINT', () => {
      if (told) process.exit(130);
      told = true;
      resolve('SIGINT');
    });
    process.on('SIGTERM', () => resolve('SIGTERM'));
    if (process.connected) process.on('disconnect', () => resolve('the parent process ended'));
  });
}
