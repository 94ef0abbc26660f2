/**
 * Finds validators that moved, and tells the others where we moved to: by records that prove themselves (`replica/addresses`),
 * over HTTP while there is no session. The addresses of `config.yaml` are where it begins, and any one that answers will do.
 */
import { Buffer } from 'node:buffer';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAX_ADDRESS_BYTES, MAX_VALIDATORS } from '../core/limits.js';
import { httpUrl } from './cluster.js';
import { getText } from './http.js';
/** How often one address is asked while somebody is missing, ms. */
const PERIOD_MS = 500;
const TIMEOUT_MS = 2_000;
const fileOf = (data) => join(data, 'addresses.json');
/** What was known when the process last ended. Each record proves itself, or is dropped. */
export function loadAddresses(data, book) {
    try {
        const { records } = JSON.parse(readFileSync(fileOf(data), 'utf8'));
        for (const record of records.slice(0, MAX_VALIDATORS))
            book.take(bytesOf(record));
    }
    catch {
        // Without it the addresses of the configuration have to do.
    }
}
/** Nothing is promised by it: a crash may lose it. */
export function saveAddresses(data, book) {
    try {
        const records = book.records().map((record) => Buffer.from(record).toString('base64url'));
        writeFileSync(`${fileOf(data)}.new`, `${JSON.stringify({ version: 1, records })}\n`, { mode: 0o600 });
        renameSync(`${fileOf(data)}.new`, fileOf(data));
    }
    catch {
        // A full disk is told by what matters more.
    }
}
const bytesOf = (text) => {
    const long = typeof text !== 'string' || text.length > 2 * MAX_ADDRESS_BYTES;
    return new Uint8Array(long ? Buffer.alloc(0) : Buffer.from(text, 'base64url'));
};
/** `GET /addresses[?record=…]`: takes a record of whoever asks, and gives all that are known, in base64url. */
export function addressesRoute(book, refused) {
    return (query) => {
        const given = query.get('record');
        const taken = given === null ? 'known' : book.take(bytesOf(given));
        if (taken !== 'new' && taken !== 'known')
            refused(taken);
        const records = book.records().map((record) => Buffer.from(record).toString('base64url'));
        return { status: 200, contentType: 'application/json; charset=utf-8', body: JSON.stringify({ records }) };
    };
}
/** Begins; returns what ends it. `missing`: somebody of the set is not connected. */
export function discover(book, urls, missing) {
    let turn = 0;
    let asking = false;
    const ask = async () => {
        const all = urls();
        const url = all[turn++ % Math.max(1, all.length)];
        if (url === undefined)
            return;
        const own = book.own();
        const query = own === undefined ? '' : `?record=${Buffer.from(own).toString('base64url')}`;
        const { records } = JSON.parse(await getText(`${httpUrl(url)}/addresses${query}`, TIMEOUT_MS));
        if (!Array.isArray(records))
            return;
        for (const record of records.slice(0, MAX_VALIDATORS))
            book.take(bytesOf(record));
    };
    const timer = setInterval(() => {
        if (asking || !missing())
            return;
        asking = true;
        // Silence and garbage are the same here: another one is asked next time.
        void ask()
            .catch(() => { })
            .then(() => {
            asking = false;
        });
    }, PERIOD_MS);
    timer.unref();
    return () => clearInterval(timer);
}
//# sourceMappingURL=discovery.js.map