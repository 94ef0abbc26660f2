/** Changes of the validator set from the command line: what they are made of, who approves them, how they are sent. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResult } from '../apps/results.js';
import { Client } from '../client/index.js';
import { encodeAccusation } from '../codec/accusation-codec.js';
import { approvalInput, encodeApproved, encodeChange, } from '../codec/membership-codec.js';
import { encodeTransaction } from '../codec/transaction.js';
import { toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { MAX_EXPIRY_SPAN } from '../core/limits.js';
import { createAuthenticator } from '../crypto/authenticator.js';
import { chainOf } from '../crypto/chain.js';
import { createHasher } from '../crypto/hash.js';
import { createInlineVerifier } from '../crypto/inline.js';
import { readKeyFile } from '../crypto/keyfile.js';
import { createSigner, generateKeyPair } from '../crypto/signing.js';
import { httpUrl } from './cluster.js';
import { holdsCluster, openClusterFolder } from './cluster-homes.js';
import { readGenesis } from './genesis.js';
import { homePaths, loadHome } from './home.js';
import { getText, reasonOf } from './http.js';
/** Longest text in a result of the system, bytes. */
const MAX_TEXT_BYTES = 1024;
/** A cluster's folder with all homes in it, or one validator's home. Throws `home-missing`, `bad-genesis`, … */
export async function whereOf(dir) {
    if (holdsCluster(dir)) {
        const { genesis, urls } = openClusterFolder(dir);
        const hasher = await createHasher(genesis.hash);
        const homes = readdirSync(dir)
            .map((name) => join(dir, name))
            .filter((home) => existsSync(homePaths(home).config))
            .sort();
        return { chain: chainOf(genesis, hasher), urls, homes };
    }
    const home = await loadHome(dir);
    const urls = new Set([home.url, ...home.urls, ...Object.values(home.config.peers)]);
    urls.delete('');
    return { chain: home.chain, urls: [...urls], homes: [dir] };
}
export async function chainFromGenesis(file) {
    const genesis = readGenesis(file);
    return chainOf(genesis, await createHasher(genesis.hash));
}
/** The set as the validators of these addresses say, the latest of them; and all addresses that it names. */
export async function askSet(urls, timeoutMs) {
    let latest;
    let why = 'no addresses';
    await Promise.all(urls.map(async (url) => {
        try {
            const said = JSON.parse(await getText(`${httpUrl(url)}/validators`, timeoutMs));
            if (latest === undefined || said.epoch > latest.epoch)
                latest = said;
        }
        catch (error) {
            why = `${url}: ${reasonOf(error)}`;
        }
    }));
    if (latest === undefined)
        throw new LockstepError('not-connected', `no validator says who the set is (${why})`);
    const known = latest.members.map(({ url }) => url).filter((url) => url !== '');
    return { set: latest, urls: [...new Set([...known, ...urls])] };
}
/** The approval of whoever has these keys, where the set holds them. */
export async function approve(chain, set, change, identity) {
    const key = toHex(identity.ed25519.publicKey);
    const member = set.members.find(({ ed25519 }) => ed25519 === key);
    if (member === undefined)
        return undefined;
    const verifier = await createInlineVerifier();
    const signer = await createAuthenticator({
        chain,
        auth: chain.genesis.auth,
        identity,
        self: undefined,
        verifier,
    });
    return {
        member: member.id,
        name: member.name,
        signature: signer.signInput(approvalInput(chain.id, change)),
    };
}
/** All approvals that the homes of this machine can give. */
export async function approveFromHomes(chain, set, change, homes) {
    const approvals = [];
    for (const home of homes) {
        const approval = await approve(chain, set, change, readKeyFile(homePaths(home).keys));
        if (approval !== undefined)
            approvals.push(approval);
    }
    return approvals;
}
/** Has a change ordered. Throws `rejected` with what the validators say where they refuse it. */
export async function sendChange(chain, urls, change, approvals, timeoutMs) {
    const payload = encodeApproved(change, approvals);
    const { sequence, result } = await sendSystem(chain, urls, 'change', payload, timeoutMs);
    const read = readResult(result, (reader) => ({ epoch: reader.uint(), from: reader.uint() }));
    if (!read.ok)
        throw new LockstepError('rejected', `refused (${read.code}): ${read.message}`);
    return { epoch: Number(read.epoch), from: Number(read.from), sequence };
}
/** Has a transaction of the system ordered, by a key that is made for it and then forgotten. */
async function sendSystem(chain, urls, kind, payload, timeoutMs) {
    const client = await Client.connect({ validators: urls, genesis: chain.genesis, timeoutMs });
    try {
        const { publicKey, secretKey } = await generateKeyPair('ed25519');
        const signer = await createSigner('ed25519', secretKey);
        const expiry = client.sequence + MAX_EXPIRY_SPAN / 2;
        const transaction = encodeTransaction({ suite: 'ed25519', kind, nonce: 1, expiry, publicKey, payload }, (input) => signer.sign(input), chain.id);
        return await client.submitRaw(transaction, { timeoutMs });
    }
    finally {
        await client.close();
    }
}
/** Has evidence ordered. Throws `rejected` with what the validators say where they refuse it. */
export async function sendEvidence(chain, urls, accusation, timeoutMs) {
    const payload = encodeAccusation(accusation);
    const { sequence, result } = await sendSystem(chain, urls, 'evidence', payload, timeoutMs);
    const read = readResult(result, (reader) => ({
        validator: reader.str(MAX_TEXT_BYTES),
        offence: reader.str(MAX_TEXT_BYTES),
        epoch: reader.uint(),
        from: reader.uint(),
        stays: reader.str(MAX_TEXT_BYTES),
    }));
    if (!read.ok)
        throw new LockstepError('rejected', `refused (${read.code}): ${read.message}`);
    return { ...read, sequence };
}
/** Waits until a validator says that the epoch has begun. Throws `timeout`. */
export async function untilEpoch(urls, epoch, timeoutMs) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
        const asked = await askSet(urls, 2_000).catch(() => undefined);
        if (asked !== undefined && asked.set.epoch >= epoch)
            return asked.set;
        if (Date.now() > deadline) {
            throw new LockstepError('timeout', `epoch ${epoch} has not begun in ${timeoutMs} ms; the change is ordered all the same`);
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}
export function readChangeFile(file, chain) {
    let parsed;
    try {
        parsed = JSON.parse(readFileSync(file, 'utf8'));
        encodeChange(parsed.change);
    }
    catch (error) {
        throw new LockstepError('bad-flag', `${file} holds no change of \`lockstep validators\`: ${error.message}`);
    }
    if (parsed.chain !== chain.idHex)
        throw new LockstepError('wrong-chain', `${file} is a change of another chain (${parsed.chain.slice(0, 12)}…)`);
    return parsed;
}
//# sourceMappingURL=changes.js.map