/** What an application is to Lockstep: a deterministic state machine over bytes. */
export {};
//# sourceMappingURL=interface.js.map