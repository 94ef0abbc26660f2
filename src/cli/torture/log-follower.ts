/**
 * Reads the vote logs of validators that are killed and started again. A log that grew long is replaced by a new file,
 * and what the old one held is gone then; so each file gets a second name as soon as it is seen, and is read to its end
 * when another has taken its place.
 */

import { closeSync, fstatSync, linkSync, mkdirSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createMessageCodec } from '../../codec/message-codec.ts';
import { createRecordCodec, type RecordCodec } from '../../codec/record-codec.ts';
import type { Chain } from '../../core/genesis.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { Hasher } from '../../crypto/hash.ts';
import { messages, type PbftMessage, type PbftRecord, records } from '../../protocols/pbft/messages.ts';
import { createBatchDigests } from '../../replica/batch-digest.ts';
import { FILE_HEADER_BYTES, headerSeed } from '../../storage/vote-log-format.ts';
import { readRecords } from '../../storage/vote-log-reader.ts';
import { homePaths } from '../home.ts';
import type { VoteAudit } from './vote-audit.ts';

interface Followed {
  /** Undefined before the first file was seen. */
  inode: number | undefined;
  link: string;
  /** Records of this file that the audit has. */
  taken: number;
}

export class LogFollower {
  private readonly paths: readonly string[];
  private readonly folder: string;
  private readonly codec: RecordCodec<PbftRecord>;
  private readonly audit: VoteAudit;
  private readonly followed: Followed[];

  /** `folder` is on the homes' file system and is made. */
  constructor(homes: readonly string[], folder: string, chain: Chain, hasher: Hasher, audit: VoteAudit) {
    this.paths = homes.map((home) => homePaths(home).voteLog);
    this.folder = folder;
    this.audit = audit;
    const { parameters: limits, validators } = chain.genesis;
    const { batchDigest } = createBatchDigests(hasher);
    const options = { n: validators.length, batchDigest, limits };
    const codec = createMessageCodec<PbftMessage>(messages, options);
    this.codec = createRecordCodec<PbftRecord, PbftMessage>(records, codec, options);
    this.followed = homes.map(() => ({ inode: undefined, link: '', taken: 0 }));
    mkdirSync(folder, { recursive: true });
  }

  /** Looks for new files: often enough that none comes and goes between two looks. */
  look(): void {
    for (const id of this.paths.keys()) this.lookAt(id);
  }

  /** Everything in the log of a validator that does not run. */
  read(id: ReplicaId): void {
    this.lookAt(id);
    this.take(id, this.followed[id]!);
  }

  private lookAt(id: ReplicaId): void {
    const one = this.followed[id]!;
    const inode = statSync(this.paths[id]!).ino;
    if (inode === one.inode) return;
    const link = join(this.folder, `v${id}-${inode}.log`);
    linkSync(this.paths[id]!, link);
    if (one.inode !== undefined) {
      this.take(id, one);
      rmSync(one.link);
    }
    this.followed[id] = { inode, link, taken: 0 };
  }

  private take(id: ReplicaId, one: Followed): void {
    const fd = openSync(one.link, 'r');
    try {
      const header = new Uint8Array(FILE_HEADER_BYTES);
      readSync(fd, header, 0, FILE_HEADER_BYTES, 0);
      const end = { offset: FILE_HEADER_BYTES, seed: headerSeed(header) };
      let index = 0;
      for (const bytes of readRecords(fd, one.link, fstatSync(fd).size, end)) {
        if (index++ < one.taken) continue;
        const record = this.codec.decodeRecord(bytes);
        if (typeof record === 'string') throw new Error(`${one.link}: record ${index} is ${record}`);
        this.audit.add(id, record);
      }
      one.taken = index;
    } finally {
      closeSync(fd);
    }
  }
}
