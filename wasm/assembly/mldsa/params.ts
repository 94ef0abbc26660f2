/**
 * ML-DSA-87: the parameters of FIPS 204 §4, Tables 1 and 2, and where everything lies in the kernel's memory.
 *
 * The layout is static: there is no allocator. Addresses below `SCRATCH` belong to the compiler's data segments
 * (tables of roots, Keccak's constants); from `SLOTS` on the host decides, in units of `SLOT_BYTES` and
 * `SECRET_SLOT_BYTES`. Every address is a multiple of 16.
 *
 * A *polynomial* is 256 × i32 in 1,024 bytes. In the transform domain its coefficients stay in the order in which
 * the forward transform leaves them (see ntt.ts): within each block of 16, row and column are exchanged.
 */

export const Q: i32 = 8380417;
/** Rows and columns of the matrix Â. */
export const K: usize = 8;
export const L: usize = 7;
/** Dropped bits of t. */
export const D: i32 = 13;
/** Weight of the challenge. */
export const TAU: usize = 60;
export const GAMMA1: i32 = 1 << 19;
export const GAMMA2: i32 = (Q - 1) / 32;
/** τ·η, η = 2. */
export const BETA: i32 = 120;
/** 2·γ2. */
export const ALPHA: i32 = 2 * GAMMA2;
export const HALF_Q: i32 = (Q - 1) / 2;
/** Most hints in a signature. */
export const OMEGA: i32 = 75;

/** Bytes of a polynomial in memory. */
export const POLY: usize = 1024;

/** Encoded sizes in bytes (FIPS 204 Table 2 and §7.2). */
export const SEED_BYTES: usize = 32;
export const TR_BYTES: usize = 64;
export const CTILDE_BYTES: usize = 64;
export const Z_BYTES: usize = 640;
export const T1_BYTES: usize = 320;
export const T0_BYTES: usize = 416;
export const ETA_BYTES: usize = 96;
export const W1_BYTES: usize = 128;
export const PUBLIC_KEY_BYTES: usize = 2592;
export const SECRET_KEY_BYTES: usize = 4896;
export const SIGNATURE_BYTES: usize = 4627;

/** Offsets within a signature: c̃, z, hints. */
export const SIG_Z: usize = CTILDE_BYTES;
export const SIG_HINT: usize = SIG_Z + 7 * Z_BYTES;

/** Offsets within an encoded secret key: ρ, K, tr, s1, s2, t0. */
export const SK_K: usize = 32;
export const SK_TR: usize = 64;
export const SK_S1: usize = 128;
export const SK_S2: usize = SK_S1 + 7 * ETA_BYTES;
export const SK_T0: usize = SK_S2 + 8 * ETA_BYTES;

// Prepared keys.

/**
 * A prepared public key: the matrix, 64 KiB, then tr = H(pk). The matrix is cut by vector: for each of the 64
 * vectors p of four coefficients, for each row i, eight vectors: Â[i][0..6] and then NTT(t1·2^d)[i]. A product of
 * the matrix by a vector thus reads memory once, in order.
 */
export const SLOT_TR: usize = 65536;
export const SLOT_BYTES: usize = 65664;

/**
 * A prepared secret key: the matrix as above (eighth vectors unused); s1 and s2 as small polynomials, see small.ts;
 * NTT(t0); K; tr.
 */
export const SMALL_BYTES: usize = 768;
export const SECRET_S1: usize = 65536;
export const SECRET_S2: usize = SECRET_S1 + 7 * SMALL_BYTES;
export const SECRET_T0: usize = SECRET_S2 + 8 * SMALL_BYTES;
export const SECRET_K: usize = SECRET_T0 + 8 * POLY;
export const SECRET_TR: usize = SECRET_K + 32;
export const SECRET_SLOT_BYTES: usize = 85376;

// The map of memory.

/** First address that is not the compiler's. */
export const SCRATCH: usize = 65536;

/** One-way and two-way Keccak states. */
export const STATE: usize = SCRATCH;
export const STATE2: usize = STATE + 256;
/** A second one-way state: of the message, which may arrive in pieces between calls. */
export const MU_STATE: usize = STATE2 + 512;
/** μ, directly followed by the encoded w1 (FIPS 204, Algorithms 7 and 8: both are hashed together), padding. */
export const MU: usize = MU_STATE + 256;
export const W1_CODE: usize = MU + 64;
/** Small inputs of hashes with room for padding: two blocks, so that two can be absorbed at once. */
export const BLOCK_A: usize = MU + 2048;
export const BLOCK_B: usize = BLOCK_A + 256;
/** A third one, for the challenge. */
export const BLOCK_C: usize = BLOCK_B + 256;
/** Squeezed bytes of two streams, 1,024 each. */
export const STREAM_A: usize = BLOCK_C + 256;
export const STREAM_B: usize = STREAM_A + 1024;
/** Seeds that the host writes (ξ, rnd) and K, ρ'' on their way. */
export const SEED: usize = STREAM_B + 1024;
/** K ‖ rnd ‖ μ, the input of FIPS 204 Algorithm 7 line 7, with room for padding. */
export const RHO_INPUT: usize = SEED + 256;
/** ρ'' and, in key generation, ρ ‖ ρ' ‖ K. */
export const RHO_OUT: usize = RHO_INPUT + 384;

/** The message's buffer: tr ‖ 0 ‖ |ctx| ‖ ctx ‖ M in pieces of at most `MESSAGE_BYTES`, then room for padding. */
export const MESSAGE: usize = SCRATCH + 8192;
export const MESSAGE_BYTES: usize = 120 * 136;
/** An encoded public key, secret key and signature, each with 16 bytes to spare for wide loads. */
export const PUBLIC_KEY: usize = MESSAGE + 16640;
export const SECRET_KEY: usize = PUBLIC_KEY + 2816;
export const SIGNATURE: usize = SECRET_KEY + 5120;

/** Polynomials. */
export const POLYS: usize = SCRATCH + 40960;
/** y and z in order of coefficients; eight so that y can be sampled in pairs. */
export const Y: usize = POLYS;
export const Z: usize = Y + 9 * POLY;
/** A vector in the transform domain: seven of z or y, then c. */
export const VECTOR: usize = Z + 8 * POLY;
/** The challenge, in order of coefficients, and transformed. */
export const C: usize = VECTOR + 8 * POLY;
export const C_HAT: usize = C + POLY;
/** w, and its high bits. */
export const W: usize = C_HAT + POLY;
export const W1: usize = W + 8 * POLY;
/** Two polynomials to work in. */
export const TEMP: usize = W1 + 8 * POLY;
export const TEMP2: usize = TEMP + POLY;
/** What the pointwise product needs of one column of a vector: eight pairs (integers, quotients by q). */
export const COLUMN: usize = TEMP2 + POLY;
/** Where the challenge's windows begin: 60 offsets of 16 bits, see small.ts. */
export const SIGNS: usize = COLUMN + 256;
/** The product of the challenge by a small polynomial: 256 bytes. */
export const SMALL: usize = SIGNS + 256;
/** End of the polynomials; what lies between may hold secrets after signing. */
export const POLYS_END: usize = SMALL + 256;

/** A prepared public key for `verify` without preparation, and a prepared secret key for `sign` without. */
export const OWN_SLOT: usize = 163840;
export const OWN_SECRET: usize = OWN_SLOT + SLOT_BYTES;
/** First prepared slot that the host hands out: public keys, then secret keys. */
export const SLOTS: usize = 327680;
