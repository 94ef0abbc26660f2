/** Compiles the fields of a schema into readers and writers, once per protocol. */
import type { Attested, Certificate } from '../core/machine.ts';
import type { Fields } from '../core/schema.ts';
import type { Reader } from './msgpack-reader.ts';
import type { Writer } from './msgpack-writer.ts';
/** How signed messages inside messages are read and written; the message codec knows. */
export interface AttestedPort {
    read(reader: Reader, types: ReadonlySet<string>): Attested | undefined;
    write(writer: Writer, attested: Attested): void;
    readCertificate(reader: Reader, of: string): Certificate | undefined;
    writeCertificate(writer: Writer, certificate: Certificate): void;
}
/** What others signed inside a message. */
export interface Inside {
    readonly attested: Attested[];
    readonly certificates: Certificate[];
}
export interface FieldCodec {
    read(reader: Reader): unknown;
    /** Throws `InvariantError` where a value of our own does not fit its schema. */
    write(writer: Writer, value: unknown): void;
    /** Appends what others signed inside; undefined where there can be none. */
    collect: ((value: unknown, out: Inside) => void) | undefined;
}
type Values = Record<string, unknown>;
/** The fields of a message or a record, in order. */
export declare class FieldsCodec {
    readonly names: readonly string[];
    private readonly codecs;
    private readonly collecting;
    constructor(fields: Fields, port: AttestedPort);
    get nests(): boolean;
    readInto(reader: Reader, target: Values): void;
    write(writer: Writer, source: Values): void;
    collect(source: Values, out: Inside): void;
}
export {};
//# sourceMappingURL=fields.d.ts.map