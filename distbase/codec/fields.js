/** Compiles the fields of a schema into readers and writers, once per protocol. */
import { InvariantError, invariant } from '../core/assert.js';
/** The fields of a message or a record, in order. */
export class FieldsCodec {
    names;
    codecs;
    collecting;
    constructor(fields, port) {
        this.names = Object.keys(fields);
        for (const name of this.names)
            invariant(!['type', 'batch', '__proto__'].includes(name), `a field named ${name}`);
        this.codecs = Object.values(fields).map((field) => compile(field, port));
        this.collecting = this.names.map((_, i) => i).filter((i) => this.codecs[i].collect !== undefined);
    }
    get nests() {
        return this.collecting.length > 0;
    }
    readInto(reader, target) {
        const { names, codecs } = this;
        for (let i = 0; i < codecs.length; i++)
            target[names[i]] = codecs[i].read(reader);
    }
    write(writer, source) {
        const { names, codecs } = this;
        for (let i = 0; i < codecs.length; i++)
            codecs[i].write(writer, source[names[i]]);
    }
    collect(source, out) {
        for (const i of this.collecting)
            this.codecs[i].collect(source[this.names[i]], out);
    }
}
function compile(field, port) {
    switch (field.kind) {
        case 'uint':
            return uintCodec(field.max);
        case 'bool':
            return { read: (r) => r.bool(), write: (w, value) => w.bool(value), collect: undefined };
        case 'digest':
            return { read: (r) => r.digest(), write: (w, value) => w.digest(value), collect: undefined };
        case 'bytes':
            return bytesCodec(field.max);
        case 'list':
            return listCodec(compile(field.of, port), field.max);
        case 'record':
            return recordCodec(new FieldsCodec(field.fields, port));
        case 'attested':
            return attestedCodec(new Set(field.types), port);
        case 'certificate':
            return certificateCodec(field.of, port);
    }
}
function uintCodec(max) {
    return {
        read: (r) => r.uint(max),
        write: (w, value) => {
            if (value > max)
                throw new InvariantError(`${value} is above its field's limit of ${max}`);
            w.uint(value);
        },
        collect: undefined,
    };
}
function bytesCodec(max) {
    return {
        read: (r) => r.bin(max),
        write: (w, value) => {
            const bytes = value;
            invariant(bytes.length <= max, 'bytes are within their field');
            w.bin(bytes);
        },
        collect: undefined,
    };
}
function listCodec(of, max) {
    const collect = of.collect;
    return {
        read: (r) => {
            const length = r.array(max);
            const out = [];
            for (let i = 0; i < length && r.code === undefined; i++)
                out.push(of.read(r));
            return out;
        },
        write: (w, value) => {
            const items = value;
            invariant(items.length <= max, 'a list is within its field');
            w.array(items.length);
            for (let i = 0; i < items.length; i++)
                of.write(w, items[i]);
        },
        collect: collect &&
            ((value, out) => {
                for (const item of value)
                    collect(item, out);
            }),
    };
}
function recordCodec(fields) {
    return {
        read: (r) => {
            const out = {};
            r.tuple(fields.names.length);
            fields.readInto(r, out);
            return out;
        },
        write: (w, value) => {
            w.array(fields.names.length);
            fields.write(w, value);
        },
        collect: fields.nests ? (value, out) => fields.collect(value, out) : undefined,
    };
}
function attestedCodec(types, port) {
    return {
        read: (r) => port.read(r, types),
        write: (w, value) => {
            const attested = value;
            invariant(types.has(attested.message.type), `a nested ${attested.message.type} where it belongs`);
            port.write(w, attested);
        },
        collect: (value, out) => {
            out.attested.push(value);
        },
    };
}
function certificateCodec(of, port) {
    return {
        read: (r) => port.readCertificate(r, of),
        write: (w, value) => {
            const certificate = value;
            invariant(certificate.message.type === of, `a certificate of ${of} where it belongs`);
            port.writeCertificate(w, certificate);
        },
        collect: (value, out) => {
            out.certificates.push(value);
        },
    };
}
//# sourceMappingURL=fields.js.map