/** The simulator against the real cluster. */

/** Off by so much, of the real figure, is still taken. */
export const MOST_OFF = 0.25;

export interface Calibration {
  readonly contender: string;
  readonly auth: string;
  readonly validators: number;
  readonly realP50Ms: number;
  readonly simulatedP50Ms: number;
  /** (simulated − real) / real. */
  readonly off: number;
  readonly within: boolean;
  /** Whether costs were taken from this very size. */
  readonly fitted: boolean;
  /** Of a commit, all validators, µs. */
  readonly realCpuUs?: number;
  readonly simulatedCpuUs?: number;
}
