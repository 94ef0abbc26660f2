/**
 * Finds validators that moved, and tells the others where we moved to: by records that prove themselves (`replica/addresses`),
 * over HTTP while there is no session. The addresses of `config.yaml` are where it begins, and any one that answers will do.
 */
import type { RejectionCode } from '../core/errors.ts';
import type { OpsReply } from '../ops/routes.ts';
import type { AddressBook } from '../replica/addresses.ts';
/** What was known when the process last ended. Each record proves itself, or is dropped. */
export declare function loadAddresses(data: string, book: AddressBook): void;
/** Nothing is promised by it: a crash may lose it. */
export declare function saveAddresses(data: string, book: AddressBook): void;
/** `GET /addresses[?record=…]`: takes a record of whoever asks, and gives all that are known, in base64url. */
export declare function addressesRoute(book: AddressBook, refused: (code: RejectionCode) => void): (query: URLSearchParams) => OpsReply;
/** Begins; returns what ends it. `missing`: somebody of the set is not connected. */
export declare function discover(book: AddressBook, urls: () => readonly string[], missing: () => boolean): () => void;
//# sourceMappingURL=discovery.d.ts.map