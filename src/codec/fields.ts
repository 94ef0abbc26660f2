/** Compiles the fields of a schema into readers and writers, once per protocol. */

import { InvariantError, invariant } from '../core/assert.ts';
import type { Attested, Certificate } from '../core/machine.ts';
import type { Field, Fields } from '../core/schema.ts';
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
export class FieldsCodec {
  readonly names: readonly string[];
  private readonly codecs: readonly FieldCodec[];
  private readonly collecting: readonly number[];

  constructor(fields: Fields, port: AttestedPort) {
    this.names = Object.keys(fields);
    for (const name of this.names)
      invariant(!['type', 'batch', '__proto__'].includes(name), `a field named ${name}`);
    this.codecs = Object.values(fields).map((field) => compile(field, port));
    this.collecting = this.names.map((_, i) => i).filter((i) => this.codecs[i]!.collect !== undefined);
  }

  get nests(): boolean {
    return this.collecting.length > 0;
  }

  readInto(reader: Reader, target: Values): void {
    const { names, codecs } = this;
    for (let i = 0; i < codecs.length; i++) target[names[i]!] = codecs[i]!.read(reader);
  }

  write(writer: Writer, source: Values): void {
    const { names, codecs } = this;
    for (let i = 0; i < codecs.length; i++) codecs[i]!.write(writer, source[names[i]!]);
  }

  collect(source: Values, out: Inside): void {
    for (const i of this.collecting) this.codecs[i]!.collect!(source[this.names[i]!], out);
  }
}

function compile(field: Field, port: AttestedPort): FieldCodec {
  switch (field.kind) {
    case 'uint':
      return uintCodec(field.max);
    case 'bool':
      return { read: (r) => r.bool(), write: (w, value) => w.bool(value as boolean), collect: undefined };
    case 'digest':
      return { read: (r) => r.digest(), write: (w, value) => w.digest(value as string), collect: undefined };
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

function uintCodec(max: number): FieldCodec {
  return {
    read: (r) => r.uint(max),
    write: (w, value) => {
      if ((value as number) > max) throw new InvariantError(`${value} is above its field's limit of ${max}`);
      w.uint(value as number);
    },
    collect: undefined,
  };
}

function bytesCodec(max: number): FieldCodec {
  return {
    read: (r) => r.bin(max),
    write: (w, value) => {
      const bytes = value as Uint8Array;
      invariant(bytes.length <= max, 'bytes are within their field');
      w.bin(bytes);
    },
    collect: undefined,
  };
}

function listCodec(of: FieldCodec, max: number): FieldCodec {
  const collect = of.collect;
  return {
    read: (r) => {
      const length = r.array(max);
      const out: unknown[] = [];
      for (let i = 0; i < length && r.code === undefined; i++) out.push(of.read(r));
      return out;
    },
    write: (w, value) => {
      const items = value as readonly unknown[];
      invariant(items.length <= max, 'a list is within its field');
      w.array(items.length);
      for (let i = 0; i < items.length; i++) of.write(w, items[i]);
    },
    collect:
      collect &&
      ((value, out) => {
        for (const item of value as readonly unknown[]) collect(item, out);
      }),
  };
}

function recordCodec(fields: FieldsCodec): FieldCodec {
  return {
    read: (r) => {
      const out: Values = {};
      r.tuple(fields.names.length);
      fields.readInto(r, out);
      return out;
    },
    write: (w, value) => {
      w.array(fields.names.length);
      fields.write(w, value as Values);
    },
    collect: fields.nests ? (value, out) => fields.collect(value as Values, out) : undefined,
  };
}

function attestedCodec(types: ReadonlySet<string>, port: AttestedPort): FieldCodec {
  return {
    read: (r) => port.read(r, types),
    write: (w, value) => {
      const attested = value as Attested;
      invariant(types.has(attested.message.type), `a nested ${attested.message.type} where it belongs`);
      port.write(w, attested);
    },
    collect: (value, out) => {
      out.attested.push(value as Attested);
    },
  };
}

function certificateCodec(of: string, port: AttestedPort): FieldCodec {
  return {
    read: (r) => port.readCertificate(r, of),
    write: (w, value) => {
      const certificate = value as Certificate;
      invariant(certificate.message.type === of, `a certificate of ${of} where it belongs`);
      port.writeCertificate(w, certificate);
    },
    collect: (value, out) => {
      out.certificates.push(value as Certificate);
    },
  };
}
