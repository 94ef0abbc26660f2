/**
 * The one door to public-key work. Everything above `src/crypto/` sees these shapes and nothing of what is
 * behind them: JavaScript from noble, OpenSSL through `node:crypto`, or the WASM kernels.
 *
 * Rules that every implementation keeps:
 * - Ed25519 is judged by ZIP 215 (cofactored, non-canonical encodings of A and R taken, s < L required).
 * - ML-DSA-87 is FIPS 204, pure variant, context of 0 to 255 bytes.
 * - A wrong length or an unknown suite is a verdict of `false` from `verify`; it is a `CryptoError` from
 *   everything else. Nothing throws from inside a kernel.
 */
export {};
//# sourceMappingURL=interface.js.map