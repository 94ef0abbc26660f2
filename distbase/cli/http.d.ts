/** A GET of a few kilobytes. Not `fetch`: that one refuses ports which browsers refuse, and a validator may have one. */
/** Resolves with the body of a 200; rejects with why not. `url` is `http:` or `https:`. */
export declare function getText(url: string, timeoutMs: number, maxBytes?: number): Promise<string>;
/** Resolves with whatever is answered; rejects where nothing is. */
export declare function getReply(url: string, timeoutMs: number, maxBytes?: number): Promise<{
    status: number;
    body: string;
}>;
/** What went wrong with a connection, in a few words: an error for several addresses has no message of its own. */
export declare function reasonOf(error: unknown): string;
//# sourceMappingURL=http.d.ts.map