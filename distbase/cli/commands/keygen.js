import { writeFileSync } from 'node:fs';
import { toHex } from '../../core/bytes.js';
import { LockstepError } from '../../core/errors.js';
import { createHasher } from '../../crypto/hash.js';
import { readKeyFile, writeKeyFile } from '../../crypto/keyfile.js';
import { generateIdentity } from '../../crypto/keys.js';
import { clientIds } from '../client-ids.js';
import { defineCommand } from '../command.js';
import { NAME_PATTERN, validatorInfo } from '../genesis.js';
import { writeJson } from '../output.js';
export const command = defineCommand({
    name: 'keygen',
    summary: 'make a key file, or show the public part of one',
    help: `A key file holds an Ed25519 and an ML-DSA-87 key pair: a validator's identity, or a client's. It is written with mode 600 and never overwritten. Only its public part is for others: a genesis lists one per validator.

Examples:
  lockstep keygen --out keys.json                              a client's keys
  lockstep keygen --out keys.json --name alice --public alice.json
                                                               a validator's keys, and what goes to whoever makes the genesis
  lockstep keygen --show keys.json                             the public part of a file that exists`,
    options: {
        out: { kind: 'text', value: 'FILE', default: 'keys.json', doc: 'Where the keys are written.' },
        name: { kind: 'text', value: 'NAME', default: 'validator', doc: 'Name in the public part.' },
        public: {
            kind: 'text',
            value: 'FILE',
            doc: 'Where the public part is written: name and public keys, as JSON.',
        },
        show: { kind: 'text', value: 'FILE', doc: 'Make nothing; show the public part of this key file.' },
    },
    json: true,
    async run({ values, json }) {
        if (!NAME_PATTERN.test(values.name)) {
            throw new LockstepError('bad-flag', `--name must be up to 32 of a-z, 0-9, - and _, not "${values.name}"`);
        }
        const file = values.show ?? values.out;
        const identity = values.show === undefined ? await generateIdentity() : readKeyFile(file);
        if (values.show === undefined)
            writeKeyFile(file, identity);
        const info = validatorInfo(values.name, identity);
        if (values.public !== undefined) {
            try {
                writeFileSync(values.public, `${JSON.stringify(info, null, 2)}\n`);
            }
            catch (error) {
                throw new LockstepError('bad-flag', `--public ${values.public} cannot be written: ${error.message}`);
            }
        }
        const ids = clientIds(identity, await createHasher('blake3'));
        if (json !== undefined) {
            writeJson(json, { file, ...info, clientIds: ids });
            return 0;
        }
        const short = (key) => `${toHex(key.subarray(0, 16))}… (${key.length} bytes)`;
        process.stdout.write(`${values.show === undefined ? 'wrote' : 'read'} ${file}\n` +
            `  Ed25519    ${toHex(identity.ed25519.publicKey)}\n` +
            `  ML-DSA-87  ${short(identity.mlDsa87.publicKey)}\n` +
            `as a client, where the chain's hash is blake3:\n` +
            `  signing with Ed25519    ${ids.ed25519}\n` +
            `  signing with ML-DSA-87  ${ids.mlDsa87}\n`);
        return 0;
    },
});
//# sourceMappingURL=keygen.js.map