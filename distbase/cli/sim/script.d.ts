/** `lockstep sim --script FILE`: one scenario that a person wrote. */
/** The exit code: 1 where something is not as the script says. */
export declare function playScript(file: string, json: string | undefined): number;
//# sourceMappingURL=script.d.ts.map