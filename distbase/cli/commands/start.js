import { LockstepError } from '../../core/errors.js';
import { lockHome } from '../../storage/home-lock.js';
import { defineCommand } from '../command.js';
import { LOG_LEVELS } from '../config.js';
import { loadHome, requireHome } from '../home.js';
import { errorNamingHome } from '../home-argument.js';
import { requireModes } from '../home-modes.js';
import { untilToldToEnd } from '../signals.js';
import { createValidator } from '../validator.js';
export const command = defineCommand({
    name: 'start',
    summary: 'run the validator of a home, until it is told to end',
    help: `Runs in the foreground. One line on standard output says that the validator is ready; its log goes to standard error as JSON lines. SIGTERM and Ctrl-C end it in order; kill -9 does no harm, since what it promised is in its log before it is sent.

One port serves everything: WebSocket /peer and /client, HTTP GET /status, /metrics (Prometheus), /healthz (200 while the process answers) and /readyz (200 while it votes and has caught up, else 503 and why).

Examples:
  lockstep start --home ./home
  lockstep start --home ./home --log-level debug --threads 0`,
    options: {
        home: { kind: 'text', value: 'DIR', doc: 'The home that `lockstep init` or `lockstep testnet` made.' },
        threads: {
            kind: 'integer',
            min: 0,
            max: 64,
            doc: 'Threads that check signatures, instead of what config.yaml says.',
        },
        'log-level': { kind: 'choice', of: LOG_LEVELS, doc: 'Instead of what config.yaml says.' },
    },
    json: true,
    async run({ values, json }) {
        if (values.home === undefined)
            throw new LockstepError('bad-flag', 'lockstep start needs --home DIR');
        requireHome(values.home);
        const load = async () => {
            const loaded = await loadHome(values.home);
            return {
                ...loaded,
                config: {
                    ...loaded.config,
                    ...(values.threads !== undefined && { threads: values.threads }),
                    ...(values['log-level'] !== undefined && { logLevel: values['log-level'] }),
                },
            };
        };
        const home = await load();
        requireModes(home.dir, home.paths);
        const lock = lockHome(home.dir);
        try {
            const told = untilToldToEnd();
            let validator = await createValidator(home);
            await validator.start();
            const { chain, config, self, name, url } = home;
            if (json === undefined) {
                process.stdout.write(`validator ${name} of chain ${chain.genesis.chain} is ready at ${url} ` +
                    `(${chain.genesis.protocol}, ${chain.genesis.auth}, durability ${config.durability}, process ${process.pid})\n`);
                const { validators, tolerates } = validator.status();
                if (!validators.byzantine)
                    process.stdout.write(`${tolerates}\n`);
            }
            else {
                const { tolerates } = validator.status();
                const ready = {
                    ready: true,
                    name,
                    id: self,
                    url,
                    chain: chain.idHex,
                    pid: process.pid,
                    tolerates,
                };
                process.stdout.write(`${JSON.stringify(ready)}\n`);
            }
            for (;;) {
                const end = await Promise.race([
                    told.then(() => 'told'),
                    validator.rotated.then(() => 'rotated'),
                    validator.failed.then((error) => ({ error })),
                ]);
                await validator.stop();
                if (end === 'told')
                    return 0;
                if (end !== 'rotated')
                    throw end.error;
                // With its new keys it is another member: the same home, read anew.
                validator = await createValidator(await load());
                await validator.start();
            }
        }
        catch (error) {
            throw errorNamingHome(error, home.dir);
        }
        finally {
            lock.release();
            // The parent's channel would keep an ended validator alive.
            if (process.connected)
                process.disconnect();
        }
    },
});
//# sourceMappingURL=start.js.map