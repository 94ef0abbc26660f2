/** What the driver needs of a disk. Files in production; a twin in memory for the simulator. */
export {};
//# sourceMappingURL=interface.js.map