/** The first record of a vote log says which epoch's promises it holds; a log without one is the genesis epoch's. */
import { Reader } from '../codec/msgpack-reader.js';
import { encodeValue } from '../codec/value.js';
/** Above every tag of a protocol's records. */
const MARK = 200;
export function epochMark(epoch) {
    return encodeValue([MARK, epoch]);
}
/** A log's epoch, which its first record tells, and the records after that. */
export function epochOf(log) {
    const iterator = log[Symbol.iterator]();
    const first = iterator.next();
    if (first.done)
        return { epoch: 0, records: [] };
    const epoch = markedEpoch(first.value);
    const records = (function* () {
        if (epoch === undefined)
            yield first.value;
        for (let next = iterator.next(); !next.done; next = iterator.next())
            yield next.value;
    })();
    return { epoch: epoch ?? 0, records };
}
/** Undefined where the record is no mark. */
export function markedEpoch(record) {
    const reader = new Reader(record);
    if (reader.array(Number.MAX_SAFE_INTEGER) !== 2 || reader.uint() !== MARK)
        return undefined;
    const epoch = reader.uint();
    return reader.code === undefined && reader.done ? epoch : undefined;
}
//# sourceMappingURL=epoch-mark.js.map