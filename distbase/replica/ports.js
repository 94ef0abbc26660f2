/** What the driver is built from, each by interface, so that the simulator can give its own. */
export {};
//# sourceMappingURL=ports.js.map