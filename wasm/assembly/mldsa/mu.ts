/** μ, the message representative: H(tr ‖ 0 ‖ |ctx| ‖ ctx ‖ M, 64) (FIPS 204, Algorithm 2 line 10, Algorithm 7 line 6). */
import { RATE256, SHAKE_SUFFIX, spongeBlocks, spongeFinish, spongeInit } from '../keccak';
import { MESSAGE, MESSAGE_BYTES, MU, MU_STATE, TR_BYTES } from './params';

/** Begins: the host has written 0 ‖ |ctx| ‖ ctx ‖ M, or what of it fits, behind the place of tr. */
export function muBegin(tr: usize): void {
  memory.copy(MESSAGE, tr, TR_BYTES);
  spongeInit(MU_STATE);
}

/** Absorbs a full buffer, for messages that take more than one. */
export function muPiece(): void {
  spongeBlocks(MU_STATE, RATE256, MESSAGE, MESSAGE_BYTES / RATE256);
}

/** Absorbs the last `length` bytes in the buffer, which may be full, and leaves μ at MU. */
export function muFinish(length: usize): void {
  spongeFinish(MU_STATE, RATE256, MESSAGE, length, SHAKE_SUFFIX);
  memory.copy(MU, MU_STATE, 64);
}
