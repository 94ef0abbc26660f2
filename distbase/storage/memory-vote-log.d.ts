/** The vote log's twin in memory: it keeps what was flushed, and a crash loses the rest. */
import type { OpenedVoteLog } from './file-vote-log.ts';
/** What stands for the file: keep it over a simulated crash and open it again. */
export declare class MemoryLogFile {
    /** What was flushed, oldest first. */
    records: Uint8Array[];
    get bytes(): number;
}
/** Opens the twin of a log. Drop the log without `close` to simulate a crash. */
export declare function openMemoryVoteLog(file?: MemoryLogFile): OpenedVoteLog;
//# sourceMappingURL=memory-vote-log.d.ts.map