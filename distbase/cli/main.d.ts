#!/usr/bin/env -S node --min-semi-space-size=32 --max-semi-space-size=32
/**
 * The command `lockstep`. Exit codes: 0 done; 1 it ran and failed; 2 what was asked for cannot be done as asked
 * (a bad flag, a missing home, a taken port, an unreadable key).
 */
export {};
//# sourceMappingURL=main.d.ts.map