// SHA-512, FIPS 180-4 §6.4, streamed. One hash at a time.
import { compress, SHA512_H } from '../generated/ed25519-sha512';

const STATE: usize = memory.data(64, 16);
const BLOCK: usize = memory.data(128, 16);
let filled: usize = 0;
let total: u64 = 0;

/** Starts a hash. */
export function sha512Start(): void {
  memory.copy(STATE, SHA512_H, 64);
  filled = 0;
  total = 0;
}

/** Takes `length` more bytes. */
export function sha512Update(data: usize, length: usize): void {
  total += length;
  if (filled > 0) {
    const part = min(length, 128 - filled);
    memory.copy(BLOCK + filled, data, part);
    filled += part;
    data += part;
    length -= part;
    if (filled < 128) return;
    compress(STATE, BLOCK);
    filled = 0;
  }
  while (length >= 128) {
    compress(STATE, data);
    data += 128;
    length -= 128;
  }
  memory.copy(BLOCK, data, length);
  filled = length;
}

/** Ends the hash (padding: §5.1.2) and writes its 64 bytes. */
export function sha512End(out: usize): void {
  store<u8>(BLOCK + filled, 0x80);
  memory.fill(BLOCK + filled + 1, 0, 127 - filled);
  if (filled >= 112) {
    compress(STATE, BLOCK);
    memory.fill(BLOCK, 0, 112);
  }
  // The length in bits takes 128 bits; no message here reaches 2^61 bytes.
  store<u64>(BLOCK + 112, 0);
  store<u64>(BLOCK + 120, bswap<u64>(total << 3));
  compress(STATE, BLOCK);
  for (let i: usize = 0; i < 64; i += 8) store<u64>(out + i, bswap<u64>(load<u64>(STATE + i)));
}
