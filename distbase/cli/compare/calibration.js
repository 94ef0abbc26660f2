/** The simulator against the real cluster. */
/** Off by so much, of the real figure, is still taken. */
export const MOST_OFF = 0.25;
//# sourceMappingURL=calibration.js.map