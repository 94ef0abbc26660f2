import { LockstepError } from '../../core/errors.ts';
import { ENCRYPTION_SETTINGS, type EncryptionSetting } from '../../crypto/encryption.ts';
import { lockHome } from '../../storage/home-lock.ts';
import { defineCommand } from '../command.ts';
import { LOG_LEVELS, type LogLevel } from '../config.ts';
import { type Home, loadHome, requireHome } from '../home.ts';
import { errorNamingHome } from '../home-argument.ts';
import { requireModes } from '../home-modes.ts';
import { untilToldToEnd } from '../signals.ts';
import { createValidator } from '../validator.ts';

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
    encryption: { kind: 'choice', of: ENCRYPTION_SETTINGS, doc: 'Instead of what config.yaml says.' },
    'log-level': { kind: 'choice', of: LOG_LEVELS, doc: 'Instead of what config.yaml says.' },
  },
  json: true,
  async run({ values, json }) {
    if (values.home === undefined) throw new LockstepError('bad-flag', 'lockstep start needs --home DIR');
    requireHome(values.home);
    const load = async (): Promise<Home> => {
      const loaded = await loadHome(values.home!);
      return {
        ...loaded,
        config: {
          ...loaded.config,
          ...(values.threads !== undefined && { threads: values.threads }),
          ...(values.encryption !== undefined && { encryption: values.encryption as EncryptionSetting }),
          ...(values['log-level'] !== undefined && { logLevel: values['log-level'] as LogLevel }),
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
        process.stdout.write(
          `validator ${name} of chain ${chain.genesis.chain} is ready at ${url} ` +
            `(${chain.genesis.protocol}, ${chain.genesis.auth}, durability ${config.durability}, encryption ${config.encryption}, process ${process.pid})\n`,
        );
        const { validators, tolerates } = validator.status();
        if (!validators.byzantine) process.stdout.write(`${tolerates}\n`);
      } else {
        const { tolerates } = validator.status();
        const ready = {
          ready: true,
          name,
          id: self,
          url,
          chain: chain.idHex,
          encryption: config.encryption,
          pid: process.pid,
          tolerates,
        };
        process.stdout.write(`${JSON.stringify(ready)}\n`);
      }
      for (;;) {
        const end = await Promise.race([
          told.then(() => 'told' as const),
          validator.rotated.then(() => 'rotated' as const),
          validator.failed.then((error) => ({ error })),
        ]);
        await validator.stop();
        if (end === 'told') return 0;
        if (end !== 'rotated') throw end.error;
        // With its new keys it is another member: the same home, read anew.
        validator = await createValidator(await load());
        await validator.start();
      }
    } catch (error) {
      throw errorNamingHome(error, home.dir);
    } finally {
      lock.release();
      // The parent's channel would keep an ended validator alive.
      if (process.connected) process.disconnect();
    }
  },
});
