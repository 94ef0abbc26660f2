/** A `.cpuprofile` of whatever runs meanwhile: Chrome DevTools (Performance, load profile) opens it. */
/** Runs `work` under the profiler and writes the profile. Throws `bad-flag` where the file cannot be written. */
export declare function withCpuProfile<T>(path: string, work: () => Promise<T>): Promise<T>;
//# sourceMappingURL=cpu-profile.d.ts.map