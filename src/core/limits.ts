/**
 * Every bound on what somebody else can make us keep, with its reason. Those that all replicas must share are
 * in the genesis instead (`GenesisParameters`), because a vote depends on them.
 */

/** Largest validator set. Votes are counted in one array per slot; at n = 100, n² messages already saturate a host. */
export const MAX_VALIDATORS = 100;

/** Largest frame taken from a validator: a batch at its limit, its envelope, and room for a new view's claims. */
export const MAX_PEER_FRAME_BYTES = 32 << 20;

/** Largest frame taken from a client: one transaction at its limit, or a burst of small ones. */
export const MAX_CLIENT_FRAME_BYTES = 4 << 20;

/** Largest frame taken before a handshake ends: both identity signatures, both keys and an ML-KEM-1024 share fit. */
export const MAX_HANDSHAKE_FRAME_BYTES = 16 << 10;

/** Most messages in one frame: a window of slots, three phases each, and catch-up. */
export const MAX_MESSAGES_PER_FRAME = 4096;

/** Most msgpack values in one frame of a validator: the smallest transactions at the frame's size limit, and no
 * amplification beyond some 16 MiB where each value is a byte. */
export const MAX_FRAME_VALUES = 1 << 19;

/** Longest signature on the wire: Ed25519 (64) and ML-DSA-87 (4,627) together. */
export const MAX_SIGNATURE_BYTES = 4691;

/** Longest query of a client, in bytes: it is answered on the main thread. */
export const MAX_QUERY_BYTES = 64 << 10;

/** Longest text that a validator sends with a refusal, in characters: it is for a person. */
export const MAX_REFUSAL_CHARACTERS = 512;

/** Longest status that a client takes, in characters. */
export const MAX_STATUS_CHARACTERS = 1 << 20;

/** Most slots between the watermarks that a genesis may ask for: bounds claims in a view change. */
export const MAX_WINDOW = 4096;

/** Most transactions in a batch that a genesis may ask for: one Merkle tree of them is hashed on the main thread. */
export const MAX_BATCH_TRANSACTIONS = 16_384;

/** Digests that one replica may claim to have pre-prepared for one sequence. Each needs a view of its own with a
 * primary that changed the digest; dropping the oldest costs liveness at worst, never safety (see pbft/decide.ts). */
export const MAX_PREPREPARED_PER_SLOT = 16;

/** Messages kept for views that are ahead of ours, per peer: only its highest view change counts (TOCS 2002 §4.5.2). */
export const MAX_VIEW_CHANGES_PER_PEER = 1;

/** Votes of one replica that may be open at once: those of Streamlet's rounds that are not notarised here. An honest one
 * has a few; a laggard hears those of a burst of old blocks. */
export const MAX_OPEN_VOTES_PER_PEER = 128;

/** Bytes of batches kept below a stable checkpoint for peers that were away a moment: some seconds of a fast load, and
 * little beside what a window of slots may hold. Whoever needs older ones fetches a state. */
export const MAX_PAST_BYTES = 32 << 20;

/** Bytes queued for one peer's socket before bulk data waits: about a second of a saturated gigabit line. */
export const MAX_PEER_BACKLOG_BYTES = 64 << 20;

/** Bytes that wait until a process that starts knows that no other one has its keys: a window of votes; then they are lost. */
export const MAX_UNCLEARED_BYTES = 4 << 20;

/** Records of the vote log that nothing rests on yet wait until they are this long, or until the log is tended. */
export const MAX_LAZY_LOG_BYTES = 64 << 10;

/** Bytes queued for one client's socket before it is cut off: it is not reading its replies. */
export const MAX_CLIENT_BACKLOG_BYTES = 8 << 20;

/** Client connections per validator: each costs a session key and some buffers, about 10 KiB. */
export const MAX_CLIENT_CONNECTIONS = 10_000;

/** Bytes queued for all clients' sockets together: above it, whoever does not read is cut off early. */
export const MAX_CLIENTS_BACKLOG_BYTES = 256 << 20;

/** Client connections from one address that have not finished their handshake: a machine full of clients connects at once. */
export const MAX_PENDING_HANDSHAKES = 256;

/** Client connections from all addresses that have not finished their handshake. */
export const MAX_PENDING_CLIENTS = 1024;

/** Connections to the peers' door that have not finished their handshake (or n, if that is more): each may hold a
 * frame at its limit. */
export const MAX_PENDING_PEERS = 16;

/**
 * Handshakes under way in a lane of validators above which each of them is asked for a cookie: a round trip more, which a
 * cluster whose validators meet one by one does not have.
 */
export const COOKIE_PENDING = 8;

/** Time that a connection has for its handshake, ms: slow signatures on a busy machine, times the queue before it. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * How long a session's key is in use, ms: whoever takes a machine reads back so much of what it said. A change costs each
 * side a hash and eighteen bytes.
 */
export const KEY_LIFETIME_MS = 120_000;

/**
 * Time between two key agreements of validators that are connected, ms: whoever took a session's keys and missed one has lost
 * the session. Each costs a millisecond or two on both sides' main threads.
 */
export const KEY_AGREEMENT_MS = 3_600_000;

/** Largest frame that goes compressed, before it is: an answer with pieces of a state, or a large entry. */
export const MAX_BULK_BYTES = 1 << 20;

/** Bytes that a peer may have us expand in a tenth of a second, some ten milliseconds' work: a fast state transfer. */
export const MAX_INFLATED_PER_PERIOD = 4 << 20;

/** Transactions waiting to be ordered: a second's worth at a hundred thousand a second. */
export const MAX_MEMPOOL_TRANSACTIONS = 100_000;

/** Bytes of transactions waiting to be ordered. */
export const MAX_MEMPOOL_BYTES = 256 << 20;

/** Messages waiting for their signature check, per peer: a few windows' worth; more is dropped and asked for again. */
export const MAX_UNVERIFIED_PER_PEER = 8192;

/** Nonces that a client may have open at once: its window of at-most-once (see `replica/clients`). */
export const CLIENT_WINDOW = 1024;

/** How far ahead, in sequences, a transaction may expire: what at-most-once must remember is bounded by it. */
export const MAX_EXPIRY_SPAN = 1_000_000;

/** Clients with a window kept in the state; a further one is refused alike on every replica. */
export const MAX_CLIENTS = 100_000;

/** Signature checks waiting for a thread: 0.2 s of one thread's work; beyond, whoever asks does the check itself. */
export const MAX_QUEUED_CHECKS = 8192;

/**
 * Larger frames do not go where the pool's threads could read them in place: they carry transactions more than
 * signatures. Smaller arenas would be lent out more often, larger ones be kept by a single vote.
 */
export const MAX_SHARED_FRAME_BYTES = 256 << 10;

/** 64 MiB in all: two windows of slots whose votes are 4.7 KB each, before the collector gives any back. */
export const SHARED_SLAB_ARENAS = 256;

/**
 * Work in one piece of a state and in one answer, in bytes, where every entry counts `ENTRY_WORK` beside its own: some
 * 450 small entries, which take a millisecond to check. A single entry may be larger.
 */
export const STATE_PIECE_WORK = 48 << 10;

/** Places asked for at once: with branches for all of them, an answer still fits the smallest frame of a genesis. */
export const MAX_STATE_PLACES = 64;

/** Requests for pieces of our state that wait, per peer: twice what an honest one has under way. */
export const MAX_STATE_REQUESTS = 8;

/** States of past checkpoints kept for those who may ask: they share what did not change, so each costs what did. */
export const KEPT_CHECKPOINTS = 8;

/** States kept beyond that because somebody is fetching them: a validator that asks for more waits for the others. */
export const MAX_PINNED_CHECKPOINTS = 4;

/** Bytes of a half-fetched state kept on the disk for the time after a restart: more than a state that fits in memory. */
export const MAX_PARTIAL_STATE_BYTES = 4 * 2 ** 30;

/** Transactions that wait inside one client for their turn: a burst that outgrows this is the caller's to hold back. */
export const MAX_CLIENT_WAITING = 65_536;

/** Pairs of conflicting messages kept on the disk per validator: one proves the offence, the others its extent. */
export const MAX_EVIDENCE_PER_VALIDATOR = 16;

/**
 * For so long a validator signs its votes when another asks it to, where sessions vouch for votes, ms; and so long the other
 * waits before it asks again: for each a fifth of the time at most.
 */
export const SIGNED_VOTES_MS = 6_000;
export const SIGNED_VOTES_PERIOD_MS = 30_000;

/** Longest signed record of a validator's address, bytes: an address of 256, a signature, and numbers. */
export const MAX_ADDRESS_BYTES = 512;

/** Least time between two new addresses of one validator, ms: each costs a signature check and is passed on to all. */
export const ADDRESS_PAUSE_MS = 1_000;

/** Transactions with evidence that one slot may have judged: each costs two signature checks or four, on every replica. */
export const MAX_EVIDENCE_PER_SLOT = 4;

/** Longest name of an offence in the state, in bytes: the type of a message. */
export const MAX_OFFENCE_BYTES = 32;

/**
 * Bytes that wait to be written to the store. Some seconds of a saturated cluster, so that a pause of the disk stops
 * nobody; above it execution waits for the disk, since a disk that is slower than execution for good cannot be outrun.
 */
export const MAX_STORE_QUEUE_BYTES = 64 << 20;

/** Transactions that one question about a client's history gives: a page, whose bytes fit a frame to a client. */
export const MAX_HISTORY_PAGE = 256;

/** Checkpoints and view changes kept of each validator, to be compared with what it tells others: those on their way. */
export const MAX_SIGNED_WORDS = 16;

/** Longest of them: a view change of a wide window is left to the protocol, which compares it too. */
export const MAX_SIGNED_WORD_BYTES = 64 << 10;

/** Signed words that one validator may show us in ten seconds: each costs a check of a signature. */
export const MAX_EXHIBITS = 128;

/** Largest description of the last checkpoint of an epoch: two sets of `MAX_VALIDATORS` with keys and addresses, twice over. */
export const MAX_EPOCH_META_BYTES = 2 << 20;

/** Slots whose messages are remembered for `lockstep explain` and for the statistics of peers: some seconds at a thousand a second. */
export const EXPLAINED_SLOTS = 1024;

/** Changes of a peer's score that are remembered. */
export const MAX_REPUTATION_HISTORY = 64;

/** Frames and bytes that one validator may send us in a tenth of a second: more than two cores can read, or a fast line carry. */
export const MAX_FRAMES_PER_PERIOD = 10_000;
export const MAX_BYTES_PER_PERIOD = 128 << 20;

/** Frames of one validator that may be no frames in a tenth of a second, before the rest of them are dropped unread. */
export const MAX_INVALID_PER_PERIOD = 100;

/** What a validator in quarantine still has, in a tenth of a second: its votes for some two thousand slots a second. */
export const FLOOR_FRAMES_PER_PERIOD = 400;
export const FLOOR_BYTES_PER_PERIOD = 4 << 20;

/**
 * Messages of one validator that are looked at in a tenth of a second while all are silent: catching up with 4,000 slots a
 * second. Where validators talk it is more: see `transport/allowance.ts`.
 */
export const BASE_ITEMS_PER_PERIOD = 400;

/** What waits of one validator that says more than that: as much as an honest one may have queued for us; in frames, some seconds' worth. */
export const MAX_DEFERRED_BYTES = 64 << 20;
export const MAX_DEFERRED_FRAMES = 4096;

/** Transactions that one validator may pass on in a quarter of a second: what one relay of an honest one holds. */
export const MAX_RELAYED_PER_PERIOD = 256;
export const RELAY_PERIOD_MS = 250;

/** How long a validator passes on nothing after a transaction of its was forged, ms: an honest one checks what it passes on. */
export const RELAY_MUTE_MS = 10_000;

/** Failures of a stranger at the door within a minute that get its address banned: a client that tries again has fewer. */
export const BAN_STRIKES = 32;
export const STRIKE_PERIOD_MS = 60_000;

/** How long an address is banned, ms: it may be another's tomorrow. */
export const BAN_MS = 600_000;

/** Addresses at which one validator was, or says that it is, that count as a validator's: it may move, and have some at once. */
export const MAX_TRUSTED_PER_VALIDATOR = 8;

/** Addresses whose failures are remembered. */
export const MAX_BANNED_ADDRESSES = 4096;
